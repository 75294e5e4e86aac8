package org.leaklab.bench.latency;

import org.leaklab.bench.Secondary;

/** The secondary metrics of the benchmarks of this package. */
final class LatencyMetrics {

    private LatencyMetrics() {}

    /** Reports what was measured, and answers with it. */
    static Experiment.Measured report(Experiment.Measured measured) {
        Secondary.metric("p50", measured.p50(), "us");
        Secondary.metric("p99", measured.p99(), "us");
        Secondary.metric("p99.9", measured.p999(), "us");
        Secondary.metric("max", measured.max(), "us");
        Secondary.metric("failures", measured.failures(), "requests");
        Secondary.metric("stuck", measured.stuck(), "threads");
        return measured;
    }
}
