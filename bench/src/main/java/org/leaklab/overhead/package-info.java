/**
 * What a detector costs an operation of the core. {@link org.leaklab.overhead.Operation} is what is slowed down,
 * {@link org.leaklab.overhead.Attachment} what slows it down, and {@link org.leaklab.overhead.PairedSlices} measures
 * the one with and without the other, in turn, in the same process.
 */
@NullMarked
package org.leaklab.overhead;

import org.jspecify.annotations.NullMarked;
