package org.leaklab.bench.memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.leaklab.results.JmhResult;

/**
 * Populations of several sizes of threads that are stuck in the same way.
 *
 * @param jdk version of the JDK that they were measured on
 * @param code whether their code was warm or interpreted, and whether the JDK tracked them
 * @param params how they are stuck: on what, which kind, how deep, with how much
 * @param metrics what each population took, by metric
 */
public record MemorySeries(
        String jdk, String code, Map<String, String> params, Map<String, List<Slope.Point>> metrics) {

    /** The metrics that are shown, each in bytes. */
    public static final List<String> METRICS =
            List.of("heap", "native.thread.committed", "native.thread.reserved", "rss");

    private static final String BENCHMARK = "org.leaklab.bench.memory.RetainedMemory.";
    private static final String SIZE = "fifths";
    private static final String POPULATION = "population";

    private record Key(String jdk, String code, Map<String, String> params) {}

    /** The series in results, in their order; results of other benchmarks are left out. */
    public static List<MemorySeries> of(List<JmhResult> results) {
        Map<Key, Map<String, List<Slope.Point>>> series = new LinkedHashMap<>();
        for (JmhResult result : results) {
            JmhResult.Metric population = result.secondary().get(POPULATION);
            if (!result.benchmark().startsWith(BENCHMARK) || population == null) {
                continue;
            }
            String[] names = result.benchmark().substring(BENCHMARK.length()).split("\\.");
            Map<String, String> params = new LinkedHashMap<>(result.params());
            params.remove(SIZE);
            Map<String, List<Slope.Point>> metrics =
                    series.computeIfAbsent(new Key(result.jdk(), names[0], params), key -> new LinkedHashMap<>());
            double size = population.score();
            result.secondary().forEach((name, metric) -> {
                if (!name.equals(POPULATION)) {
                    List<Slope.Point> points = metrics.computeIfAbsent(name, added -> new ArrayList<>());
                    metric.forkMeans().forEach(bytes -> points.add(new Slope.Point(size, bytes)));
                }
            });
        }
        List<MemorySeries> all = new ArrayList<>();
        series.forEach((key, metrics) -> all.add(new MemorySeries(key.jdk(), key.code(), key.params(), metrics)));
        return all;
    }

    /** Whether these are goroutines and no threads of a JVM. */
    public boolean isGo() {
        return jdk.startsWith("go");
    }

    /** The value of a parameter; "-" where the results have none of that name. */
    public String param(String name) {
        return params.getOrDefault(name, "-");
    }

    /**
     * The metric that says most: the heap for virtual threads, whose stacks are there, native memory for platform ones.
     */
    public String mainMetric() {
        return param("threads").equals("virtual") ? "heap" : "native.thread.committed";
    }

    /** Whether there were populations of enough sizes for a slope. */
    public boolean hasSlope(String metric) {
        return points(metric).stream()
                        .mapToDouble(Slope.Point::threads)
                        .distinct()
                        .count()
                >= Slope.FEWEST_SIZES;
    }

    /** What each population took by one metric. */
    public List<Slope.Point> points(String metric) {
        return metrics.getOrDefault(metric, List.of());
    }

    /**
     * Bytes a thread by one metric.
     *
     * @throws IllegalArgumentException if there were populations of too few sizes
     */
    public Slope slope(String metric) {
        return Slope.of(points(metric));
    }
}
