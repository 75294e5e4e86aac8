package org.leaklab.bench.overhead;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.ForkInterval;
import org.leaklab.results.JmhResult;

/**
 * What an attached detector costs an operation.
 *
 * @param jdk version of the JDK
 * @param tracked whether the JDK held the virtual threads, as it does by default
 * @param stuck how many stuck threads there were besides
 * @param without nanoseconds an operation without the detector and without the harness; NaN in results that do not tell
 *     the two apart
 * @param added nanoseconds that the operation takes longer with the detector, by fork
 * @param ratio how many times as long it takes, by fork; 1 is no difference. Empty where {@code without} is NaN: the
 *     harness, which both sides have, makes a ratio smaller.
 */
public record DetectorCost(
        String jdk,
        boolean tracked,
        String operation,
        String threads,
        String stuck,
        String detector,
        double without,
        List<Double> added,
        List<Double> ratio) {

    /** The detector that is none: what differs from nothing there is noise. */
    public static final String NONE = "none";

    private static final String BENCHMARK = "org.leaklab.bench.overhead.";
    /** Of operations in which a detector that is told of starts and ends of threads has something to do. */
    private static final Map<String, Double> BARS = Map.of("fork-join", 1.05);

    private static final List<String> BARRED = List.of("count", "reachability");

    /** Whether a cost is as small as it is meant to be. */
    public enum Verdict {
        /** The upper end of the interval is not above the bar. */
        REACHED,
        /** The lower end of the interval is above it. */
        MISSED,
        /** The bar is inside the interval. */
        OPEN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public DetectorCost {
        added = List.copyOf(added);
        ratio = List.copyOf(ratio);
    }

    /** The costs in results, in their order; results of other benchmarks are left out. */
    public static List<DetectorCost> of(List<JmhResult> results) {
        List<DetectorCost> all = new ArrayList<>();
        for (JmhResult result : results) {
            if (result.benchmark().startsWith(BENCHMARK)) {
                List<Double> operation = forks(result, "operation");
                List<Double> added = added(result);
                if (!added.isEmpty()) {
                    boolean apart = operation.size() == added.size();
                    all.add(new DetectorCost(
                            result.jdk(),
                            !result.benchmark().contains("Untracked"),
                            result.params().getOrDefault("operation", "-"),
                            result.params().getOrDefault("threads", "-"),
                            result.params().getOrDefault("stuck", "-"),
                            result.params().getOrDefault("detector", "-"),
                            apart ? ForkInterval.of(operation).mean() : Double.NaN,
                            added,
                            apart
                                    ? IntStream.range(0, added.size())
                                            .mapToObj(i -> 1 + added.get(i) / operation.get(i))
                                            .toList()
                                    : List.of()));
                }
            }
        }
        return all;
    }

    /** Results from before it was measured have both times with the harness, which drops out of their difference. */
    private static List<Double> added(JmhResult result) {
        List<Double> added = forks(result, "added");
        List<Double> with = forks(result, "with");
        List<Double> without = forks(result, "without");
        return added.isEmpty() && with.size() == without.size()
                ? IntStream.range(0, with.size())
                        .mapToObj(i -> with.get(i) - without.get(i))
                        .toList()
                : added;
    }

    private static List<Double> forks(JmhResult result, String metric) {
        JmhResult.Metric found = result.secondary().get(metric);
        return found == null ? List.of() : found.forkMeans();
    }

    /** What is added, with its interval, in nanoseconds an operation. */
    public ForkInterval nanos() {
        return ForkInterval.of(added);
    }

    /** The ratio with its interval. */
    public ForkInterval times() {
        return ForkInterval.of(ratio);
    }

    /** What is added with half of its interval, in words: {@code 12.3 ± 4.5 ns}. */
    public String addedText() {
        return text("%.1f", nanos()) + " ns";
    }

    /** The ratio with half of its interval, in words; empty where there is none. */
    public String ratioText() {
        return ratio.isEmpty() ? "" : text("%.3f", times());
    }

    private static String text(String format, ForkInterval interval) {
        return String.format(Locale.ROOT, format, interval.mean())
                + (Double.isFinite(interval.half()) ? String.format(Locale.ROOT, " ± " + format, interval.half()) : "");
    }

    /** The most that the ratio is meant to be; null where nothing is asked. */
    public @Nullable Double bar() {
        return BARRED.contains(detector) ? BARS.get(operation) : null;
    }

    /**
     * Whether it is a control: no thread starts or ends in the operation, so nothing of the detector runs in it. There
     * is nothing to be held against a bar; what such a row shows is what the measurement cannot tell apart, and whether
     * a thread that the detector knows is slower.
     */
    public boolean isControl() {
        return BARRED.contains(detector) && !BARS.containsKey(operation);
    }

    /** Where the interval lies by the bar; null where there is no bar, or no ratio to hold against it. */
    public @Nullable Verdict verdict() {
        Double bar = bar();
        ForkInterval times = times();
        return bar == null || ratio.isEmpty()
                ? null
                : times.high() <= bar ? Verdict.REACHED : times.low() > bar ? Verdict.MISSED : Verdict.OPEN;
    }

    /**
     * The verdict in words; where it is open, with the smallest cost that would have shown to be above the bar:
     * {@code open (8.1 % would have shown)}. {@code control} where there is no bar for that reason, and empty where
     * there is none for another.
     */
    public String verdictText() {
        Double bar = bar();
        Verdict verdict = verdict();
        if (bar == null || verdict == null) {
            return isControl() ? "control" : "";
        }
        double least = bar - 1 + times().least();
        return verdict
                + (verdict == Verdict.OPEN && Double.isFinite(least)
                        ? String.format(Locale.ROOT, " (%.1f %% would have shown)", 100 * least)
                        : "");
    }
}
