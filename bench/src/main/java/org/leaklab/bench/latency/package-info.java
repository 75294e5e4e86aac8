/**
 * What leaked threads do to the latency of a service. {@link org.leaklab.bench.latency.Experiment} puts an HTTP service
 * on loopback under load and is the way in; {@link org.leaklab.bench.latency.Form} says what becomes of the threads
 * that its handler forsakes.
 *
 * <p>{@link org.leaklab.bench.latency.OpenLoop} sends requests when they are due, whether or not earlier ones are
 * answered, over {@link org.leaklab.bench.latency.Connections}, which never make it wait, to a
 * {@link org.leaklab.bench.latency.Service}. What it records goes into an {@link org.leaklab.results.IntervalLog},
 * second by second, with the number of stuck threads.
 */
@NullMarked
package org.leaklab.bench.latency;

import org.jspecify.annotations.NullMarked;
