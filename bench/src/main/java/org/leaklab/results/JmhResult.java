package org.leaklab.results;

import java.util.List;
import java.util.Map;

/**
 * What JMH measured of one benchmark with one set of parameters.
 *
 * @param benchmark its full name
 * @param params its parameters, in the order of the file; empty where it has none
 * @param mode JMH's short word: thrpt, avgt, sample, ss
 * @param jdk version of the JDK that ran it, "?" where the file does not say
 * @param jvmArgs options of the fork
 * @param primary the metric that the mode is about
 * @param secondary others by name, from profilers and auxiliary counters
 * @param run how it was run, as far as the file says
 * @param latencies where the benchmark recorded latencies, all of them; none elsewhere, and in what plain JMH wrote
 */
public record JmhResult(
        String benchmark,
        Map<String, String> params,
        String mode,
        String jdk,
        List<String> jvmArgs,
        Metric primary,
        Map<String, Metric> secondary,
        Run run,
        Latencies latencies) {

    /** What ran it, as a reader calls it: {@code JDK 25.0.3}, or {@code Go 1.27.3}. */
    public String platform() {
        return jdk.startsWith("go") ? ("Go " + jdk.substring(2)).strip() : "JDK " + jdk;
    }

    /** Without latencies. */
    public JmhResult(
            String benchmark,
            Map<String, String> params,
            String mode,
            String jdk,
            List<String> jvmArgs,
            Metric primary,
            Map<String, Metric> secondary,
            Run run) {
        this(benchmark, params, mode, jdk, jvmArgs, primary, secondary, run, Latencies.NONE);
    }

    /** Without a word on how it was run, and without latencies. */
    public JmhResult(
            String benchmark,
            Map<String, String> params,
            String mode,
            String jdk,
            List<String> jvmArgs,
            Metric primary,
            Map<String, Metric> secondary) {
        this(benchmark, params, mode, jdk, jvmArgs, primary, secondary, Run.UNKNOWN);
    }

    /** The same under another name of its JDK. */
    public JmhResult on(String named) {
        return new JmhResult(benchmark, params, mode, named, jvmArgs, primary, secondary, run, latencies);
    }

    /**
     * How a benchmark was run; "?" stands for what the file does not say.
     *
     * @param threads that ran it at the same time
     * @param vm name of the virtual machine
     * @param vmVersion its version and build
     * @param iterations of a fork, as in {@code 3 x 100 ms after 5 x 120 ms}
     */
    public record Run(String threads, String vm, String vmVersion, String iterations) {
        public static final Run UNKNOWN = new Run("?", "?", "?", "?");
    }

    /**
     * One metric.
     *
     * @param unit JMH's, as in {@code ns/op}
     * @param score what JMH made of the raw values; may be NaN or infinite
     * @param error half of JMH's 99.9 % interval; NaN where there is none
     * @param forks the raw values, a list a fork with a value an iteration; empty where the file has none. Of a sampled
     *     time a value is the mean of the iteration's samples.
     */
    public record Metric(String unit, double score, double error, List<List<Double>> forks) {

        /** The same in a unit of which there are so many in this one; it keeps the name of this one. */
        public Metric times(double factor) {
            return factor == 1
                    ? this
                    : new Metric(
                            unit,
                            score * factor,
                            error * factor,
                            forks.stream()
                                    .map(fork -> fork.stream()
                                            .map(value -> value * factor)
                                            .toList())
                                    .toList());
        }

        /** The mean of each fork, which are independent of each other as the iterations of one fork are not. */
        public List<Double> forkMeans() {
            return forks.stream()
                    .filter(fork -> !fork.isEmpty())
                    .map(fork ->
                            fork.stream().mapToDouble(value -> value).average().orElseThrow())
                    .toList();
        }
    }
}
