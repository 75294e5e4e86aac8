package org.leaklab.bench.run;

import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * One row of a file of results: a benchmark with a value for each of its parameters. The order of rows is the same in
 * every run and on every machine.
 *
 * @param benchmark its full name, with the method
 * @param mode JMH's short word for what is measured: thrpt, avgt, sample or ss
 * @param params values by name; empty where the benchmark has none
 */
public record Row(String benchmark, String mode, SortedMap<String, String> params) implements Comparable<Row> {

    /** What the names of all benchmarks begin with. */
    static final String ROOT = "org.leaklab.bench.";

    private static final Comparator<Row> ORDER = Comparator.comparing(Row::benchmark)
            .thenComparing(Row::mode)
            .thenComparing(row -> row.params().toString());

    public Row {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    }

    /** The row that a result in JMH's JSON is of. */
    public static Row of(JsonNode result) {
        SortedMap<String, String> params = new TreeMap<>();
        result.path("params")
                .properties()
                .forEach(param -> params.put(param.getKey(), param.getValue().asString("")));
        return new Row(
                result.path("benchmark").asString(""), result.path("mode").asString(""), params);
    }

    /** One line that says which row it is. */
    public String key() {
        return benchmark + " " + mode + values();
    }

    /** The same for people. */
    public String label() {
        return withoutRoot(benchmark) + values();
    }

    private String values() {
        return params.entrySet().stream()
                .map(param -> " " + param.getKey() + "=" + param.getValue())
                .collect(Collectors.joining());
    }

    /** The package of a benchmark below the one that holds them all; empty when it is in none. */
    static String group(String benchmark) {
        String name = withoutRoot(benchmark);
        int end = name.indexOf('.');
        boolean inPackage = name.length() < benchmark.length() && end > 0 && Character.isLowerCase(name.charAt(0));
        return inPackage ? name.substring(0, end) : "";
    }

    static String withoutRoot(String benchmark) {
        return benchmark.startsWith(ROOT) ? benchmark.substring(ROOT.length()) : benchmark;
    }

    @Override
    public int compareTo(Row other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return label();
    }
}
