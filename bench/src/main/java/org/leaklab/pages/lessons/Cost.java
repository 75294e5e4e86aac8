package org.leaklab.pages.lessons;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.leaklab.bench.memory.MemorySeries;
import org.leaklab.bench.memory.Slope;
import org.leaklab.bench.stuck.StuckOn;
import org.leaklab.lab.StuckThread;

/**
 * What one more thread takes that is stuck in the same way, by the memory benchmarks: once its code is compiled, at the
 * bottom of no calls but its own, with nothing in its hands.
 *
 * @param on what it is stuck on
 * @param threads the word for its kind
 * @param what which memory
 */
public record Cost(String jdk, String on, String threads, String what, Slope slope) {

    /** What the threads of a cell cost, as far as their ways of being stuck were measured. */
    static List<Cost> of(List<StuckThread> stuck, Evidence evidence) {
        List<Cost> costs = new ArrayList<>();
        for (StuckOn on : StuckOn.values()) {
            boolean isOne = Activity.of(stuck).stream().anyMatch(activity -> activity.measured() == on);
            for (MemorySeries series : isOne ? evidence.memory() : List.<MemorySeries>of()) {
                if (!series.isGo() && series.isPlain() && series.param("on").equals(on.word())) {
                    add(series, on, costs);
                }
            }
        }
        costs.sort(Comparator.comparing(Cost::on)
                .thenComparing(Cost::threads)
                .thenComparing(Cost::what)
                .thenComparing(Cost::jdk));
        return costs;
    }

    private static void add(MemorySeries series, StuckOn on, List<Cost> costs) {
        String threads = series.params().getOrDefault("threads", "?");
        List<String> metrics = threads.equals("virtual") ? List.of("heap") : List.of("rss", "native.thread.committed");
        for (String metric : metrics) {
            if (series.hasSlope(metric)) {
                costs.add(new Cost(series.jdk(), on.word(), threads, words(metric), series.slope(metric)));
            }
        }
    }

    private static String words(String metric) {
        return switch (metric) {
            case "heap" -> "heap";
            case "rss" -> "resident";
            default -> "native, committed";
        };
    }

    /** Bytes a thread with the 95 % interval, in words. */
    public String bytes() {
        return String.format(Locale.ROOT, "%,.0f B (%,.0f to %,.0f)", slope.perThread(), slope.low(), slope.high());
    }
}
