package org.leaklab.bench.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.leaklab.bench.MeasuredRow;
import org.leaklab.results.Headline;
import org.leaklab.results.JmhResult;

/** What an operation takes longer is the difference from none, fork by fork. */
class SchedulingHeadlinesTest {

    private static JmhResult row(String operation, String beside, double... forks) {
        return MeasuredRow.of(
                        "scheduling.SchedulingImpact.operations",
                        "operation",
                        operation,
                        "threads",
                        "virtual",
                        "beside",
                        beside)
                .is("ns/op", forks);
    }

    @Test
    void theDifferenceIsOfForksThatWentTogether() {
        List<Headline> headlines = new SchedulingHeadlines()
                .of(List.of(
                        row("fork-join", "100000-virtual", 700, 900),
                        row("fork-join", "none", 400, 500),
                        row("hand-off", "100000-virtual", 1, 2)));
        assertThat(headlines)
                .extracting(Headline::measure)
                .containsExactly(
                        "time that an operation takes longer beside stuck threads", "time of an operation beside none");
        assertThat(headlines.getFirst().forks()).containsExactly(300.0, 400.0);
        assertThat(headlines.getFirst().value()).isEqualTo(350);
        assertThat(headlines.getFirst().mean()).isFalse();
        assertThat(headlines.getFirst().params()).containsEntry("beside", "100000-virtual");
        assertThat(headlines.getLast().value()).isEqualTo(450);
    }
}
