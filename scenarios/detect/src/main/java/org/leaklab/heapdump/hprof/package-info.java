/**
 * The records of an HPROF file, as the JDK's {@code heapDumper.cpp} writes them: where each begins, how long it is,
 * what it says.
 *
 * <p>Begin with {@link org.leaklab.heapdump.hprof.DumpFile}, the bytes, and
 * {@link org.leaklab.heapdump.hprof.RecordReader}, which walks over all records in the order of the file and checks
 * their lengths. {@link org.leaklab.heapdump.hprof.Symbols} keeps what stands outside of the heap (names,
 * {@link org.leaklab.heapdump.hprof.Stacks}), {@link org.leaklab.heapdump.hprof.Roots} what is held from outside of it.
 * {@link org.leaklab.heapdump.hprof.Tag} lists the tags.
 *
 * <p>What is wrong with a file becomes a {@link org.leaklab.heapdump.hprof.MalformedDumpException}.
 */
@NullMarked
package org.leaklab.heapdump.hprof;

import org.jspecify.annotations.NullMarked;
