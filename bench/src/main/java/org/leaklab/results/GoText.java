package org.leaklab.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.leaklab.results.go.GoBenchmark;

/**
 * Writes results in Go's benchmark format, so that its tools read them, and
 * {@link org.leaklab.results.go.GoBenchmarkFile} does.
 *
 * <p>A line is a fork, with the mean of its iterations, for those depend on each other; or an iteration where somebody
 * asks for that. The lines above it say which fork ({@code fork: 3}), of which side ({@code column: after.json}), on
 * which JDK. Times are in {@code ns/op}; what the profiler {@code gc} calls {@code gc.alloc.rate.norm} is Go's
 * {@code B/op}; any other metric of a profiler has its name before its unit, as {@code heap-B}. A throughput keeps its
 * unit, and a line says that more of it is better.
 */
public final class GoText {

    private static final Map<String, Double> NANOS = Map.of(
            "ns/op", 1.0, "us/op", 1e3, "ms/op", 1e6, "s/op", 1e9, "min/op", 60e9, "hr/op", 3600e9, "day/op", 86_400e9);
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String NOTHING = "?";

    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Set<String> rates = new TreeSet<>();
    private final boolean iterations;

    /** @param iterations whether each iteration is a line, and not each fork */
    public GoText(boolean iterations) {
        this.iterations = iterations;
    }

    /** Adds results of a side. */
    public void add(String column, List<JmhResult> results) {
        set(GoBenchmark.COLUMN, column);
        for (JmhResult result : results) {
            set("jdk", known(result.jdk()));
            set("vm", known(result.run().vm()));
            set("pkg", packageOf(result.benchmark()).replace('.', '/'));
            boolean severalModes = results.stream()
                    .anyMatch(other -> other.benchmark().equals(result.benchmark())
                            && !other.mode().equals(result.mode()));
            add(name(result, severalModes), result);
        }
    }

    /** All lines; what more is better of stands first. */
    public List<String> lines() {
        List<String> all = new ArrayList<>();
        rates.forEach(unit -> all.add("Unit " + unit + " better=higher"));
        all.addAll(lines);
        return all;
    }

    private static String known(String word) {
        return word.equals(NOTHING) ? "" : word;
    }

    /** A setting holds until it is set again, so one without a value takes it back. */
    private void set(String key, String value) {
        String line = value.replaceAll("\\s+", " ").strip();
        if (!line.equals(settings.getOrDefault(key, ""))) {
            settings.put(key, line);
            lines.add((key + ": " + line).strip());
        }
    }

    private static String packageOf(String benchmark) {
        int method = benchmark.lastIndexOf('.');
        int type = benchmark.lastIndexOf('.', method - 1);
        return type < 0 ? "" : benchmark.substring(0, type);
    }

    /**
     * The name, whose last word is the number of threads. That is always there: a name may end as {@code utf-8}, and a
     * reader would take the 8 for it.
     */
    private static String name(JmhResult result, boolean saysMode) {
        String in = packageOf(result.benchmark());
        String classAndMethod = result.benchmark().substring(in.isEmpty() ? 0 : in.length() + 1);
        String name = classAndMethod.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + classAndMethod.substring(1).replace('.', '/');
        String params = result.params().entrySet().stream()
                .map(param -> "/" + word(param.getKey()) + "=" + word(param.getValue()))
                .collect(Collectors.joining());
        String threads =
                result.run().threads().matches("[1-9]\\d*") ? result.run().threads() : "1";
        return "Benchmark" + name + params + (saysMode ? "/mode=" + result.mode() : "") + "-" + threads;
    }

    /** Blanks as Go writes them; a slash would begin another word. */
    private static String word(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]", "_").replace("/", "%2F");
    }

    private void add(String name, JmhResult result) {
        List<List<Double>> forks = result.primary().forks();
        if (forks.isEmpty()) {
            set("fork", "");
            line(name, 1, values(result, JmhResult.Metric::score));
            return;
        }
        for (int fork = 0; fork < forks.size(); fork++) {
            set("fork", String.valueOf(fork + 1));
            int at = fork;
            int size = forks.get(fork).size();
            if (iterations) {
                for (int iteration = 0; iteration < size; iteration++) {
                    int i = iteration;
                    line(name, 1, values(result, metric -> of(metric, at, i)));
                }
            } else if (size > 0) {
                line(name, size, values(result, metric -> mean(metric, at)));
            }
        }
    }

    private static double of(JmhResult.Metric metric, int fork, int iteration) {
        List<List<Double>> forks = metric.forks();
        return fork < forks.size() && iteration < forks.get(fork).size()
                ? forks.get(fork).get(iteration)
                : Double.NaN;
    }

    private static double mean(JmhResult.Metric metric, int fork) {
        return fork < metric.forks().size()
                ? metric.forks().get(fork).stream()
                        .mapToDouble(value -> value)
                        .average()
                        .orElse(Double.NaN)
                : Double.NaN;
    }

    private Map<String, Double> values(JmhResult result, ToDoubleFunction<JmhResult.Metric> taken) {
        Map<String, Double> values = new LinkedHashMap<>();
        JmhResult.Metric primary = result.primary();
        String unit = unit(primary.unit());
        if (result.mode().equals("thrpt")) {
            rates.add(unit);
        }
        put(values, unit, taken.applyAsDouble(primary) * NANOS.getOrDefault(primary.unit(), 1.0));
        if (values.isEmpty()) {
            return values; // without what the benchmark is about there is no result
        }
        result.secondary().forEach((name, metric) -> {
            String metricUnit = unit(metric.unit());
            String named = name.equals(ALLOCATED) && metricUnit.equals("B/op")
                    ? metricUnit
                    : word(name).replace('-', '_') + "-" + metricUnit;
            put(values, named, taken.applyAsDouble(metric) * NANOS.getOrDefault(metric.unit(), 1.0));
        });
        return values;
    }

    private static void put(Map<String, Double> values, String unit, double value) {
        if (Double.isFinite(value)) {
            values.putIfAbsent(unit, value);
        }
    }

    /** Times of an operation in nanoseconds; a unit has no hyphen, for the name of the metric stands before one. */
    private static String unit(String unit) {
        return NANOS.containsKey(unit)
                ? "ns/op"
                : unit.replaceAll("[\\s\\p{Cntrl}]", "_").replace('-', '_');
    }

    private void line(String name, int times, Map<String, Double> values) {
        if (!values.isEmpty()) {
            lines.add(name + " " + times
                    + values.entrySet().stream()
                            .map(value -> " " + value.getValue() + " " + value.getKey())
                            .collect(Collectors.joining()));
        }
    }
}
