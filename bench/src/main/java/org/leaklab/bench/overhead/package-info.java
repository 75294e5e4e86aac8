/**
 * What does an attached detector cost an operation of the core?
 *
 * <p>{@link org.leaklab.bench.overhead.DetectorOverhead} is the class that JMH runs
 * ({@link org.leaklab.bench.overhead.DetectorOverheadUntracked} in a JVM that does not track virtual threads).
 * {@code PairedSlices} measures: {@link org.leaklab.bench.overhead.Batches} of an
 * {@link org.leaklab.bench.overhead.Operation} with and without an {@code AttachedDetector}, slice by slice in turn, in
 * one process, and the same batches without the operation. That is the harness's share, which is subtracted.
 *
 * <p>The answer is a {@link org.leaklab.bench.overhead.DetectorCost}: the nanoseconds that the detector adds to an
 * operation, and how many times as long that makes it, each with its 95 % interval over forks
 * ({@link org.leaklab.bench.ForkInterval}). It also has the bars that some detectors are held against.
 * {@link org.leaklab.bench.overhead.OverheadHeadlines} has the headline measures,
 * {@link org.leaklab.bench.overhead.OverheadTable} the columns of the command {@code overhead-table}. The detector
 * {@code none} shows what noise alone does; ignore the time of the benchmark itself.
 */
@NullMarked
package org.leaklab.bench.overhead;

import org.jspecify.annotations.NullMarked;
