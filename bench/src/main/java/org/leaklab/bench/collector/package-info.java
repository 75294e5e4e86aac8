/**
 * What do stuck threads do to garbage collection?
 *
 * <p>{@link org.leaklab.bench.collector.CollectorImpact} is the class that JMH runs, with a nested class for each
 * collector. It measures a full collection, and a program that allocates ({@code Allocation}) with its young
 * collections ({@code YoungCollections}), beside none and beside many stuck threads
 * ({@link org.leaklab.bench.stuck.StuckNeighbours}).
 *
 * <p>Read each row against {@code beside=none} of the same collector. Milliseconds a full collection: less is better;
 * the mean time of a young collection is in the secondary metric {@code young}.
 */
@NullMarked
package org.leaklab.bench.collector;

import org.jspecify.annotations.NullMarked;
