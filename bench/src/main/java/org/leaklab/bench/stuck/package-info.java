/**
 * Threads that are stuck, by the thousand: several questions measure them or measure something beside them.
 *
 * <p>{@link org.leaklab.bench.stuck.StuckOn} says what a thread waits on and how many such threads there can be.
 * {@link org.leaklab.bench.stuck.StuckThreads} starts them, so many calls deep and with so many bytes on their stacks,
 * returns when all of them are stuck, and frees them. {@link org.leaklab.bench.stuck.Holder} says who holds them.
 * {@link org.leaklab.bench.stuck.StuckNeighbours} does that from a word of JMH's parameter {@code beside}, as in
 * {@code 10000-virtual}.
 */
@NullMarked
package org.leaklab.bench.stuck;

import org.jspecify.annotations.NullMarked;
