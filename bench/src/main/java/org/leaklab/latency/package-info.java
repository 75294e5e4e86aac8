/**
 * What leaked threads do to the latency of a service. {@link org.leaklab.latency.Experiment} puts an HTTP service on
 * loopback under load and is the way in; {@link org.leaklab.latency.Form} says what becomes of the threads that its
 * handler forsakes.
 *
 * <p>{@link org.leaklab.latency.OpenLoop} sends requests when they are due, whether or not earlier ones are answered,
 * over {@link org.leaklab.latency.Connections}, which never make it wait, to a {@link org.leaklab.latency.Service}.
 * What it records goes into an {@link org.leaklab.histogram.IntervalLog}, second by second, with the number of stuck
 * threads.
 */
@NullMarked
package org.leaklab.latency;

import org.jspecify.annotations.NullMarked;
