/**
 * Finds threads that can never be woken in a heap dump of any HotSpot JVM, platform and virtual ones: Go's
 * {@code goroutineleak} algorithm over an HPROF file.
 *
 * <p>Begin with {@link org.leaklab.heapdump.HeapDump#analyse}, which reads a file and returns
 * {@link org.leaklab.heapdump.Findings}; {@link org.leaklab.heapdump.RunningJvm} takes the dump of a process,
 * {@link org.leaklab.heapdump.Growth} compares two.
 *
 * <p>Within: {@code RecordReader} walks through the file and checks it, {@code Heap} gives objects by number,
 * {@code DumpThreads} reads the threads, {@code Blockers} says what each waits for and whether it still does,
 * {@code Marking} decides who can be woken, {@code Retained} weighs what the others hold.
 */
@NullMarked
package org.leaklab.heapdump;

import org.jspecify.annotations.NullMarked;
