package org.leaklab.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.leaklab.results.JmhResult;

/** A result of JMH as a test writes it by hand: a value a fork. */
public record MeasuredRow(String benchmark, String jdk, Map<String, String> params) {

    /** Parameters and their values in turn. */
    public static MeasuredRow of(String benchmark, String... params) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < params.length; i += 2) {
            named.put(params[i], params[i + 1]);
        }
        return new MeasuredRow("org.leaklab.bench." + benchmark, "25.0.3", named);
    }

    /** The same of another JDK. */
    public MeasuredRow on(String otherJdk) {
        return new MeasuredRow(benchmark, otherJdk, params);
    }

    /** With its primary metric. */
    public JmhResult is(String unit, double... forks) {
        return new JmhResult(benchmark, params, "avgt", jdk, List.of(), metric(unit, forks), Map.of());
    }

    /** A result with another secondary metric. */
    public static JmhResult with(JmhResult result, String name, String unit, double... forks) {
        Map<String, JmhResult.Metric> secondary = new HashMap<>(result.secondary());
        secondary.put(name, metric(unit, forks));
        return new JmhResult(
                result.benchmark(),
                result.params(),
                result.mode(),
                result.jdk(),
                result.jvmArgs(),
                result.primary(),
                secondary);
    }

    private static JmhResult.Metric metric(String unit, double... forks) {
        return new JmhResult.Metric(
                unit,
                Arrays.stream(forks).average().orElse(Double.NaN),
                Double.NaN,
                Arrays.stream(forks).mapToObj(fork -> List.of(fork)).toList());
    }
}
