/**
 * What do stuck threads do to garbage collection?
 *
 * <p>{@link org.leaklab.bench.collector.CollectorImpact} is the class that JMH runs, with a nested class for each
 * collector. It measures a full collection, and a program that allocates ({@code Allocation}) with its young
 * collections ({@code YoungCollections}), beside none and beside many stuck threads
 * ({@link org.leaklab.bench.stuck.StuckNeighbours}), and beside as many bytes in plain objects ({@code PlainObjects}).
 * It sees that full collections were such ({@code FullCollections}).
 *
 * <p>Read how many milliseconds a collection takes longer than with {@code beside=none} of the same collector, for each
 * 100,000 threads ({@link org.leaklab.bench.collector.CollectorHeadlines}): less is better. How many times as long that
 * is says more of the empty heap.
 */
@NullMarked
package org.leaklab.bench.collector;

import org.jspecify.annotations.NullMarked;
