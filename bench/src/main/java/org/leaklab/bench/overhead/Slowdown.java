package org.leaklab.bench.overhead;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.results.JmhResult;

/**
 * How many times longer an operation takes with a detector attached than without it.
 *
 * @param jdk version of the JDK
 * @param tracked whether the JDK held the virtual threads, as it does by default
 * @param stuck how many stuck threads there were besides
 * @param without nanoseconds an operation without the detector
 * @param slowdown the ratio; 1 is no difference
 * @param error half of its 99.9 % interval; NaN where there is none
 * @param forks the mean ratio of each fork
 */
public record Slowdown(
        String jdk,
        boolean tracked,
        String operation,
        String threads,
        String stuck,
        String detector,
        double without,
        double slowdown,
        double error,
        List<Double> forks) {

    /** The detector that is none: what differs from 1 there is noise. */
    public static final String NONE = "none";

    private static final String BENCHMARK = "org.leaklab.bench.overhead.";
    private static final Map<String, Double> BARS = Map.of("hand-off", 1.02, "select", 1.02, "fork-join", 1.05);
    private static final List<String> BARRED = List.of("count", "reachability");

    /** Whether a slowdown is as small as it is meant to be. */
    public enum Verdict {
        /** The whole interval is below the bar. */
        REACHED,
        /** The whole interval is above it. */
        MISSED,
        /** The bar is inside the interval. */
        OPEN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The slowdowns in results, in their order; results of other benchmarks are left out. */
    public static List<Slowdown> of(List<JmhResult> results) {
        List<Slowdown> all = new ArrayList<>();
        for (JmhResult result : results) {
            JmhResult.Metric slowdown = result.secondary().get("slowdown");
            JmhResult.Metric without = result.secondary().get("without");
            if (result.benchmark().startsWith(BENCHMARK) && slowdown != null && without != null) {
                all.add(new Slowdown(
                        result.jdk(),
                        !result.benchmark().contains("Untracked"),
                        result.params().getOrDefault("operation", "-"),
                        result.params().getOrDefault("threads", "-"),
                        result.params().getOrDefault("stuck", "-"),
                        result.params().getOrDefault("detector", "-"),
                        without.score(),
                        slowdown.score(),
                        slowdown.error(),
                        slowdown.forkMeans()));
            }
        }
        return all;
    }

    /** The ratio with half of its interval. */
    public String text() {
        return String.format(Locale.ROOT, "%.3f ± %.3f", slowdown, error);
    }

    /** The most that it is meant to be; null where nothing is asked. */
    public @Nullable Double bar() {
        return BARRED.contains(detector) ? BARS.get(operation) : null;
    }

    /** Where the interval lies by the bar; null where there is none. */
    public @Nullable Verdict verdict() {
        Double bar = bar();
        return bar == null
                ? null
                : slowdown + error <= bar ? Verdict.REACHED : slowdown - error > bar ? Verdict.MISSED : Verdict.OPEN;
    }
}
