package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A leak is found with each collector, and a thread that a finalizer reaches is neither reported nor lost. */
class ReachabilityByCollectorTest {

    @ParameterizedTest
    @CsvSource({"G1,true", "Parallel,true", "Serial,true", "Z,false", "Shenandoah,false"})
    void aLeakIsFoundAndAThreadThatAFinalizerReachesIsNot(String collector, boolean comesBack)
            throws IOException, InterruptedException {
        String said = OtherJvm.run(List.of("-XX:+Use" + collector + "GC", "-Xmx200m"), ProbedProgram.class);

        assertThat(said.lines())
                .containsExactly(
                        "first [leaked]",
                        "others live on true "
                                + (comesBack ? "[asleep, leaked, on a static]" : "[asleep, on a static]"),
                        "second " + (comesBack ? "[leaked]" : "[]"));
    }
}
