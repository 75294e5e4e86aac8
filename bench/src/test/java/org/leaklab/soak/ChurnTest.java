package org.leaklab.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** A small churn finds its ten leaks in every probe and loses nobody. */
class ChurnTest {

    @Test
    void everyProbeFindsTheTenAndNothingElse() throws InterruptedException {
        StringWriter out = new StringWriter();
        assertThat(new Churn(new PrintWriter(out), 10_000, 5).run())
                .as(out.toString())
                .isTrue();
        assertThat(out.toString()).contains(" 0 lost", "found the 10 planted leaks and nothing else, 0 did not");
    }
}
