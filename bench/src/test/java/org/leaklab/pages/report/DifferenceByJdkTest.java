package org.leaklab.pages.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.leaklab.results.JmhResult;

/** The figures beside a ratio are those that it is made of. */
class DifferenceByJdkTest {

    private static JmhResult.Metric forks(double... forks) {
        return new JmhResult.Metric(
                "ns/op",
                Arrays.stream(forks).average().orElseThrow(),
                Double.NaN,
                Arrays.stream(forks).mapToObj(fork -> List.of(fork)).toList());
    }

    private static String say(JmhResult.Metric before, JmhResult.Metric after) {
        DifferenceByJdk differences = new DifferenceByJdk();
        differences.add("25", before, after, value -> Numbers.digits(value) + " ns");
        return differences.say();
    }

    /** Medians are 10 and 30, and 30 is three times 10; means are 12 and 42. */
    @Test
    void figuresAreTheMediansOfTheRatio() {
        assertThat(say(forks(8, 9, 10, 11, 22), forks(28, 29, 30, 31, 92)))
                .startsWith("3.00 times as long on JDK 25 (30.0 ns against 10.0 ns, ")
                .endsWith(", p=0.008 n=5)");
    }

    @Test
    void thoseWithoutADifferenceAreMediansToo() {
        assertThat(say(forks(8, 9, 10, 11, 22), forks(8, 9, 10, 11, 92)))
                .startsWith("as long, within the noise, on JDK 25 (10.0 ns against 10.0 ns, p=")
                .endsWith(" n=5)");
    }
}
