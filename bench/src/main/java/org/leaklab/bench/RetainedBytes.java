package org.leaklab.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds what a benchmark measured of memory to its results, as secondary metrics in bytes a thread, averaged over forks.
 * Silent for benchmarks that measure none. (JMH's own auxiliary counters know no units and are summed over forks.)
 */
public final class RetainedBytes implements InternalProfiler {

    private static volatile @Nullable Measured last;

    private record Measured(double heap, double resident) {}

    /** Called by a benchmark, once an iteration, in the fork. */
    static void measured(Footprint before, Footprint after, int threads) {
        last = new Measured(
                (double) (after.heap() - before.heap()) / threads,
                (double) (after.resident() - before.resident()) / threads);
    }

    @Override
    public String getDescription() {
        return "bytes retained per stuck thread, for the benchmarks that measure them";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        last = null;
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        List<ScalarResult> metrics = new ArrayList<>();
        Measured measured = last;
        if (measured != null) {
            metrics.add(new ScalarResult("retained.heap", measured.heap, "B/thread", AggregationPolicy.AVG));
            metrics.add(new ScalarResult("retained.rss", measured.resident, "B/thread", AggregationPolicy.AVG));
        }
        return metrics;
    }
}
