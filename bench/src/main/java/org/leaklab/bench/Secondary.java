package org.leaklab.bench;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds to results what benchmarks measured besides time, as secondary metrics with their units: bytes retained per
 * stuck thread, how much slower a detector makes an operation. Averaged over iterations and forks. Silent for
 * benchmarks that measure nothing else. (JMH's own auxiliary counters know no units and are summed over forks.)
 */
public final class Secondary implements InternalProfiler {

    private static final Queue<ScalarResult> METRICS = new ConcurrentLinkedQueue<>();

    /** Called by a benchmark, in the fork, once an iteration and metric. */
    public static void metric(String name, double value, String unit) {
        METRICS.add(new ScalarResult(name, value, unit, AggregationPolicy.AVG));
    }

    @Override
    public String getDescription() {
        return "what leaklab's benchmarks measure besides time: bytes retained per stuck thread, slowdown by a detector";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        METRICS.clear();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        List<ScalarResult> measured = List.copyOf(METRICS);
        METRICS.clear();
        return measured;
    }
}
