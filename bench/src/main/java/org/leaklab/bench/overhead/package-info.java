/**
 * What a detector costs an operation of the core. {@link org.leaklab.bench.overhead.Operation} is what is slowed down,
 * {@link org.leaklab.bench.overhead.Attachment} what slows it down, and {@link org.leaklab.bench.overhead.PairedSlices}
 * measures the one with and without the other, in turn, in the same process.
 */
@NullMarked
package org.leaklab.bench.overhead;

import org.jspecify.annotations.NullMarked;
