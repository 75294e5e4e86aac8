/**
 * What do stuck threads do to the scheduling of other threads?
 *
 * <p>{@link org.leaklab.bench.scheduling.SchedulingImpact} is the class that JMH runs. It measures an operation of the
 * core ({@link org.leaklab.bench.overhead.Operation}, in {@link org.leaklab.bench.overhead.Batches}) beside none and
 * beside many stuck threads ({@link org.leaklab.bench.stuck.StuckNeighbours}).
 *
 * <p>Read each row against {@code beside=none} of the same operation: nanoseconds an operation, less is better.
 * {@link org.leaklab.bench.scheduling.SchedulingHeadlines} has the headline measures.
 */
@NullMarked
package org.leaklab.bench.scheduling;

import org.jspecify.annotations.NullMarked;
