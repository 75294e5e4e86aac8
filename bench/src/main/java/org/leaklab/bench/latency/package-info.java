/**
 * What do leaked threads do to the latency of a service?
 *
 * <p>{@link org.leaklab.bench.latency.LatencyImpact} and {@link org.leaklab.bench.latency.PinnedCarrierLatency} are the
 * classes that JMH runs. Both run an {@code Experiment}: start there. It starts an HTTP {@code Service} on loopback,
 * whose handler leaves a helper thread behind in a share of the requests; {@code Form} says what becomes of that
 * helper. A {@code RemoteLoad} sends the requests from another JVM, whose {@code LoadMain} has a {@code LocalLoad} do
 * it: an {@code OpenLoop} sends each request when it is due, whether or not earlier ones are answered, over
 * {@code Connections}, on which no sender ever waits; a {@code PendingRequest} is one of them until it ends.
 *
 * <p>The answers are the {@link org.leaklab.results.Latencies} that {@code bench} keeps with each result, in
 * microseconds from the moment at which a request was due. {@link org.leaklab.bench.latency.LatencyHeadlines} takes
 * their percentiles over all forks, {@link org.leaklab.bench.latency.FailedRequests} says where so many failed that a
 * percentile is no latency, and {@link org.leaklab.bench.latency.Effect} how small an effect could have shown.
 * Secondary metrics, which {@code LatencyMetrics} names, are of single forks: {@code failures}, {@code late},
 * {@code collections} and {@code stuck}. With {@code -Dleaklab.histograms=FOLDER} each run also writes an
 * {@link org.leaklab.results.IntervalLog}: a histogram for every second, with the number of stuck threads.
 */
@NullMarked
package org.leaklab.bench.latency;

import org.jspecify.annotations.NullMarked;
