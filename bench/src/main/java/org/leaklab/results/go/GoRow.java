package org.leaklab.results.go;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One row: lines of results that differ in nothing but fork and iteration. */
final class GoRow {

    private static final String ONCE = "1x";

    private final GoBenchmark first;
    private final MetricValues primary = new MetricValues();
    private final Map<String, MetricValues> others = new TreeMap<>();

    GoRow(GoBenchmark first) {
        this.first = first;
    }

    /** Adds a line. */
    void add(String fork, GoBenchmark line) {
        String unit = first.primaryUnit();
        line.values().forEach((name, value) -> {
            MetricValues values =
                    name.equals(unit) ? primary : others.computeIfAbsent(name, none -> new MetricValues());
            values.add(fork, value);
        });
    }

    int forks() {
        return primary.forkCount();
    }

    int iterations() {
        return primary.iterations();
    }

    /**
     * As JMH writes a result. What it says of warm-up is absent: Go has none.
     *
     * @param withColumn whether the side is a parameter, where a file has several
     */
    Map<String, Object> json(boolean withColumn) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("benchmark", first.benchmark());
        result.put("mode", isOnce(first) ? "ss" : first.primaryUnit().startsWith("ops/") ? "thrpt" : "avgt");
        result.put("threads", first.threads());
        result.put("forks", forks());
        result.put("jvm", first.isOfJvm() ? "java" : "go");
        result.put("jvmArgs", flags(first));
        result.put("jdkVersion", version(first));
        result.put("vmName", first.isOfJvm() ? first.setting("vm", "?") : "Go");
        result.put("vmVersion", first.isOfJvm() ? "?" : version(first));
        result.put("measurementIterations", iterations());
        result.put("measurementTime", isOnce(first) ? "single-shot" : first.setting("benchtime", "1s"));
        Map<String, String> params = first.params();
        if (withColumn && first.isOfJvm()) {
            params.putIfAbsent(GoBenchmark.COLUMN, first.setting(GoBenchmark.COLUMN, ""));
        }
        result.put("params", params);
        result.put("primaryMetric", primary.json(first.primaryUnit()));
        Map<String, Object> secondary = new LinkedHashMap<>();
        others.forEach((unit, values) -> secondary.put(name(unit), values.json(unit(unit))));
        result.put("secondaryMetrics", secondary);
        return result;
    }

    static boolean isOnce(GoBenchmark line) {
        return line.setting("benchtime", "").equals(ONCE);
    }

    /** As in {@code go1.27.3}, so that it is never taken for that of a JDK; that of a JDK where a JVM measured. */
    static String version(GoBenchmark line) {
        return line.isOfJvm() ? line.setting("jdk", "?") : line.setting("go", "go");
    }

    /** What was set of the variables that change how Go runs. */
    static List<String> flags(GoBenchmark line) {
        return List.of("gogc", "gomemlimit", "godebug", "goexperiment").stream()
                .filter(line.settings()::containsKey)
                .map(key -> key.toUpperCase(java.util.Locale.ROOT) + "=" + line.setting(key, ""))
                .toList();
    }

    /** {@code heap-B} is the metric heap in B; what has no hyphen is both name and unit. */
    private static String name(String unit) {
        int end = unit.lastIndexOf('-');
        return end > 0 && end < unit.length() - 1 ? unit.substring(0, end) : unit;
    }

    private static String unit(String unit) {
        int end = unit.lastIndexOf('-');
        return end > 0 && end < unit.length() - 1 ? unit.substring(end + 1) : unit;
    }
}
