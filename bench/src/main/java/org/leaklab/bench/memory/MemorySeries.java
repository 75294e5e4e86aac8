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
 * @param code whether their code was warm or interpreted; in older results also whether the JDK tracked them
 * @param params how they are stuck: on what, which kind, how deep, with how much, who holds them
 * @param oneJvm whether all sizes of a fork were measured in one JVM; in older results each had one of its own
 * @param metrics what each population took, by metric, a list a fork
 */
public record MemorySeries(
        String jdk,
        String code,
        Map<String, String> params,
        boolean oneJvm,
        Map<String, List<List<Slope.Point>>> metrics) {

    /** The metrics that are shown, each in bytes. */
    public static final List<String> METRICS =
            List.of("heap", "rss", "native.thread.committed", "native.thread.reserved");

    private static final String BENCHMARK = "org.leaklab.bench.memory.RetainedMemory.";
    private static final String SIZE = "fifths";
    private static final String POPULATION = "population";
    private static final String HOLDER = "holder";

    private record Key(String jdk, String code, Map<String, String> params, boolean oneJvm) {}

    /** The series in results, in their order; results of other benchmarks are left out. */
    public static List<MemorySeries> of(List<JmhResult> results) {
        Map<Key, Map<String, List<List<Slope.Point>>>> series = new LinkedHashMap<>();
        for (JmhResult result : results) {
            JmhResult.Metric population = result.secondary().get(POPULATION);
            if (!result.benchmark().startsWith(BENCHMARK) || population == null) {
                continue;
            }
            String[] names = result.benchmark().substring(BENCHMARK.length()).split("\\.");
            Map<String, String> params = new LinkedHashMap<>(result.params());
            boolean oneJvm = params.remove(SIZE) == null;
            Map<String, List<List<Slope.Point>>> metrics = series.computeIfAbsent(
                    new Key(result.jdk(), names[0], params, oneJvm), key -> new LinkedHashMap<>());
            result.secondary().forEach((name, metric) -> {
                if (!name.equals(POPULATION)) {
                    add(population.forks(), metric.forks(), metrics.computeIfAbsent(name, added -> new ArrayList<>()));
                }
            });
        }
        List<MemorySeries> all = new ArrayList<>();
        series.forEach((key, metrics) ->
                all.add(new MemorySeries(key.jdk(), key.code(), key.params(), key.oneJvm(), metrics)));
        return all;
    }

    /** Whether these are goroutines and no threads of a JVM. */
    public boolean isGo() {
        return jdk.startsWith("go");
    }

    private static void add(List<List<Double>> sizes, List<List<Double>> bytes, List<List<Slope.Point>> forks) {
        for (int fork = 0; fork < Math.min(sizes.size(), bytes.size()); fork++) {
            if (forks.size() <= fork) {
                forks.add(new ArrayList<>());
            }
            List<Double> size = sizes.get(fork);
            for (int i = 0; i < Math.min(size.size(), bytes.get(fork).size()); i++) {
                forks.get(fork).add(new Slope.Point(size.get(i), bytes.get(fork).get(i)));
            }
        }
    }

    /** The value of a parameter; "-" where the results have none of that name. */
    public String param(String name) {
        return params.getOrDefault(name, "-");
    }

    /** Who holds the threads; in older results it was always a launcher of leaklab's. */
    public String holder() {
        return params.getOrDefault(HOLDER, code.endsWith("Untracked") ? "launcher-untracked" : "launcher");
    }

    /**
     * Whether nothing but the wait itself is on the stack, the code is compiled, and nobody holds more than need be:
     * nobody of the lab's, and in older results the launcher.
     */
    public boolean isPlain() {
        return code.equals("Warm")
                && param("depth").equals("0")
                && param("payload").equals("0")
                && (holder().equals("array") || !params.containsKey(HOLDER));
    }

    /**
     * The metric that says most: the heap for virtual threads, whose stacks are there; for platform threads resident
     * memory, or what the JVM calls committed where the system does not tell.
     */
    public String mainMetric() {
        if (param("threads").equals("virtual")) {
            return "heap";
        }
        return points("rss").stream().anyMatch(point -> point.bytes() > 0) ? "rss" : "native.thread.committed";
    }

    /** Whether there were populations of enough sizes for a slope. */
    public boolean hasSlope(String metric) {
        return sizes(points(metric)) >= Slope.FEWEST_SIZES;
    }

    private static long sizes(List<Slope.Point> points) {
        return points.stream().mapToDouble(Slope.Point::threads).distinct().count();
    }

    /** What each population took by one metric. */
    public List<Slope.Point> points(String metric) {
        return metrics.getOrDefault(metric, List.of()).stream()
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Bytes a thread by one metric.
     *
     * @throws IllegalArgumentException if there were populations of too few sizes
     */
    public Slope slope(String metric) {
        List<List<Slope.Point>> forks = metrics.getOrDefault(metric, List.of());
        return oneJvm && forks.stream().allMatch(fork -> sizes(fork) >= Slope.FEWEST_SIZES)
                ? Slope.ofForks(forks)
                : Slope.of(points(metric));
    }

    /**
     * Bytes a thread by one metric, a value a fork; of older results a value for JVMs of all sizes that went together.
     * None where a fork lacks sizes.
     */
    public List<Double> forkSlopes(String metric) {
        List<List<Slope.Point>> forks = metrics.getOrDefault(metric, List.of());
        return forks.stream().allMatch(fork -> sizes(fork) >= Slope.FEWEST_SIZES)
                ? forks.stream().map(fork -> Slope.of(fork).perThread()).toList()
                : List.of();
    }
}
