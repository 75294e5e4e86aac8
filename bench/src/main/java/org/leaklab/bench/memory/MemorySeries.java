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

    /** Bytes a thread by one metric. */
    public Slope slope(String metric) {
        return Slope.of(metrics.getOrDefault(metric, List.of()));
    }
}
