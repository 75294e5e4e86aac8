package org.leaklab.bench.latency;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import org.leaklab.bench.Secondary;

/** The secondary metrics of the benchmarks of this package. */
final class LatencyMetrics {

    private LatencyMetrics() {}

    /** Measures, reports what was measured, and answers with it. */
    static Experiment.Measured of(Callable<Experiment.Measured> experiment) throws Exception {
        long before = collections();
        Experiment.Measured measured = experiment.call();
        Secondary.metric("p50", measured.p50(), "us");
        Secondary.metric("p99", measured.p99(), "us");
        Secondary.metric("p99.9", measured.p999(), "us");
        Secondary.metric("max", measured.max(), "us");
        Secondary.metric("failures", measured.sent().failures(), "requests");
        Secondary.metric("late", measured.sent().late(), "us");
        Secondary.metric("collections", collections() - before, "collections");
        Secondary.metric("stuck", measured.stuck(), "threads");
        return measured;
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
