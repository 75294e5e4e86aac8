package org.leaklab.bench.core;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.leaklab.results.JmhResult;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * How many rounds an iteration of a row had. Rows of today count them. Of older rows it is known from how long an
 * iteration was, what an operation took, and how many operations a round has: a round that has begun is done to its
 * end, so one that takes longer than the iteration is the only one in it.
 */
final class Rounds {

    /** With fewer, the time is as much that of their beginning and end as that of the operations. */
    static final int FEWEST = 5;

    /** As in {@code 3 x 100 ms after 5 x 120 ms}. */
    private static final Pattern ITERATION = Pattern.compile("\\d+ x (\\d+(?:\\.\\d+)?) (ns|us|ms|s|min) after .*");

    private static final Map<String, Double> NANOS = Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9);

    private Rounds() {}

    /** Whether a row had as many as are needed, or does not say how many it had. */
    static boolean areEnough(JmhResult result) {
        OptionalDouble rounds = of(result);
        return rounds.isEmpty() || rounds.getAsDouble() >= FEWEST;
    }

    /** How many there were; empty where that is not known. */
    static OptionalDouble of(JmhResult result) {
        JmhResult.@Nullable Metric counted = result.secondary().get(CoreBenchmark.ROUNDS);
        if (counted != null) {
            return OptionalDouble.of(counted.score());
        }
        Matcher iteration = ITERATION.matcher(result.run().iterations());
        OptionalInt operations = operations(result.benchmark());
        if (operations.isEmpty() || !iteration.matches() || !(result.primary().score() > 0)) {
            return OptionalDouble.empty();
        }
        double nanos = Double.parseDouble(iteration.group(1)) * NANOS.getOrDefault(iteration.group(2), Double.NaN);
        return OptionalDouble.of(
                Math.ceil(nanos / (operations.getAsInt() * result.primary().score())));
    }

    /** Operations a round; empty for a benchmark that there is no more. */
    private static OptionalInt operations(String benchmark) {
        int method = benchmark.lastIndexOf('.');
        try {
            OperationsPerInvocation there = Class.forName(
                            benchmark.substring(0, method), false, Rounds.class.getClassLoader())
                    .getMethod(benchmark.substring(method + 1))
                    .getAnnotation(OperationsPerInvocation.class);
            return there == null ? OptionalInt.empty() : OptionalInt.of(there.value());
        } catch (ReflectiveOperationException e) {
            return OptionalInt.empty();
        }
    }
}
