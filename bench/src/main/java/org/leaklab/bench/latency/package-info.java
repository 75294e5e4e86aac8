/**
 * What do leaked threads do to the latency of a service?
 *
 * <p>{@link org.leaklab.bench.latency.LatencyImpact} and {@link org.leaklab.bench.latency.PinnedCarrierLatency} are the
 * classes that JMH runs. Both run an {@code Experiment}: start there. It starts an HTTP {@code Service} on loopback,
 * whose handler leaves a helper thread behind in a share of the requests; {@code Form} says what becomes of that
 * helper. An {@code OpenLoop} sends each request when it is due, whether or not earlier ones are answered, over
 * {@code Connections}, on which no sender ever waits; a {@code PendingRequest} is one of them until it ends.
 *
 * <p>The answers are secondary metrics, which {@code LatencyMetrics} names: {@code p50} to {@code max} in microseconds
 * from the moment at which a request was due, {@code failures}, and {@code stuck}. Read leaky against fixed of the same
 * percentage. With {@code -Dleaklab.histograms=FOLDER} each run also writes an {@link org.leaklab.results.IntervalLog}:
 * a histogram for every second, with the number of stuck threads.
 */
@NullMarked
package org.leaklab.bench.latency;

import org.jspecify.annotations.NullMarked;
