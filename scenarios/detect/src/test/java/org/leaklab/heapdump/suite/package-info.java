/**
 * Threads whose verdict is known: the proof of the heap-dump detector.
 *
 * <p>{@link org.leaklab.heapdump.suite.Suite} is a program of its own. It starts every shape, waits until each thread
 * stands where it shall stand for ever, dumps its own live heap, and writes the names of the threads beside the dump;
 * {@link org.leaklab.heapdump.suite.Marks} holds the detector's answer against them. A shape is either one of the
 * {@linkplain org.leaklab.heapdump.suite.Wait waits} combined with one of the
 * {@linkplain org.leaklab.heapdump.suite.Holder holders} of what is waited for, or a method of a {@code …Shapes} class.
 */
@NullMarked
package org.leaklab.heapdump.suite;

import org.jspecify.annotations.NullMarked;
