/**
 * Metrics for Micrometer.
 *
 * <p>Start with {@link org.leaklab.micrometer.ThreadLeakMetrics}, which binds the gauges. They read a
 * {@link org.leaklab.micrometer.SharedCensus}, one look at all threads for all who ask, and the last result of a
 * {@link org.leaklab.serve.SharedProbe}. Reading a gauge never runs a probe: {@link org.leaklab.micrometer.ProbeTimer}
 * runs one again and again, if the program starts it.
 */
@NullMarked
package org.leaklab.micrometer;

import org.jspecify.annotations.NullMarked;
