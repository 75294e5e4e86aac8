/**
 * How long does a detector take?
 *
 * <p>{@link org.leaklab.bench.detection.DetectionPass}, {@link org.leaklab.bench.detection.ReachabilityProbe} and
 * {@link org.leaklab.bench.detection.DetectionDelay} are the classes that JMH runs. The first two measure one
 * {@code Look} of a {@code PolledDetector} beside many stuck threads and beside none. The third measures how long a
 * thread is stuck before a detector that looks at intervals reports it; {@code Delays} does the measuring.
 *
 * <p>Microseconds a look: less is better. A look that does not report exactly the threads that are stuck fails. Of the
 * delays, what is above the period is the detector's. {@link org.leaklab.bench.detection.DetectionHeadlines} are the
 * figures that JDKs are judged by.
 */
@NullMarked
package org.leaklab.bench.detection;

import org.jspecify.annotations.NullMarked;
