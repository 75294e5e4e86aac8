/**
 * What does an attached detector cost an operation of the core?
 *
 * <p>{@link org.leaklab.bench.overhead.DetectorOverhead} is the class that JMH runs
 * ({@link org.leaklab.bench.overhead.DetectorOverheadUntracked} in a JVM that does not track virtual threads).
 * {@code PairedSlices} measures: an {@link org.leaklab.bench.overhead.Operation} with and without an
 * {@code AttachedDetector}, slice by slice in turn, in one process.
 *
 * <p>The answer is a {@link org.leaklab.bench.overhead.Slowdown}: how many times longer the operation takes with the
 * detector. It also has the bars that some detectors are held against. {@link org.leaklab.bench.overhead.OverheadTable}
 * has the columns of the command {@code overhead-table}. The detector {@code none} shows what noise alone does; ignore
 * the time of the benchmark itself.
 */
@NullMarked
package org.leaklab.bench.overhead;

import org.jspecify.annotations.NullMarked;
