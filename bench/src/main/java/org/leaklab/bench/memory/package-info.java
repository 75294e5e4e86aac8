/**
 * What does a stuck thread keep?
 *
 * <p>{@link org.leaklab.bench.memory.RetainedMemory} is the class that JMH runs: a population of stuck threads in each
 * fork that grows in five steps. It measures with {@code Footprint}, which is the memory of the process at a moment:
 * {@link org.leaklab.bench.memory.LiveHeap}, the VM's histogram of objects, native memory tracking, and resident
 * memory. {@link org.leaklab.bench.stuck.StuckThreads} gets the threads stuck.
 *
 * <p>The answer is bytes a thread. {@link org.leaklab.bench.memory.MemorySeries} puts the populations of one way of
 * being stuck together, and {@link org.leaklab.bench.memory.Slope} draws a straight line through them: bytes a thread
 * are its slope, with a 95 % interval, and never one division. {@link org.leaklab.bench.memory.MemoryHeadlines} are the
 * figures that JDKs are judged by. {@link org.leaklab.bench.memory.MemoryTable} has the columns of the command
 * {@code memory-table}. For virtual threads read {@code heap}, where their stacks are; for platform threads read
 * {@code rss}, resident memory.
 */
@NullMarked
package org.leaklab.bench.memory;

import org.jspecify.annotations.NullMarked;
