/**
 * Finds threads that can never be woken in a heap dump of any HotSpot JVM, platform and virtual ones: Go's
 * {@code goroutineleak} algorithm over an HPROF file.
 *
 * <p>Begin with {@link org.leaklab.heapdump.HeapDump#analyse(java.nio.file.Path)}, which reads a file and returns
 * {@link org.leaklab.heapdump.Findings}. {@link org.leaklab.heapdump.RunningJvm} takes the dump of a process, and
 * {@link org.leaklab.heapdump.Growth} compares the findings of two dumps.
 *
 * <p>The work is done in inner packages, which the module does not export; each uses only those before it:
 *
 * <ol>
 *   <li>{@code primitive}: lists and maps of numbers;
 *   <li>{@code hprof}: the records of the file;
 *   <li>{@code graph}: objects, fields, references, sizes, what is retained;
 *   <li>{@code code}: what class files say of the methods on stacks;
 *   <li>{@code judge}: which threads there are, what each waits on, who can be woken.
 * </ol>
 */
@NullMarked
package org.leaklab.heapdump;

import org.jspecify.annotations.NullMarked;
