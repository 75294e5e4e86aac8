/**
 * How long does a detector take?
 *
 * <p>{@link org.leaklab.bench.detection.DetectionPass} and {@link org.leaklab.bench.detection.DetectionDelay} are the
 * classes that JMH runs. The first measures one look of a {@code PolledDetector} beside many stuck threads. The second
 * measures how long a thread is stuck before a detector that looks at intervals reports it; {@code Delays} does the
 * measuring.
 *
 * <p>Milliseconds a look: less is better, and {@code reported} must be the number of stuck threads. Of the delays read
 * {@code delay.p50} and {@code delay.max}; at best a delay lies between nothing and one interval and one look, and
 * {@code missed} is 0.
 */
@NullMarked
package org.leaklab.bench.detection;

import org.jspecify.annotations.NullMarked;
