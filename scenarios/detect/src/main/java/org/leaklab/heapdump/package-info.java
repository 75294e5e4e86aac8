/**
 * Finds threads of both kinds that can never be woken, in a heap dump of any HotSpot JVM from JDK 21 on. It applies the
 * algorithm of Go's {@code goroutineleak} profile to an HPROF file.
 *
 * <p>Start with {@link org.leaklab.heapdump.HeapDump#analyse(java.nio.file.Path)}. It reads a file and returns
 * {@link org.leaklab.heapdump.Findings}. {@link org.leaklab.heapdump.RunningJvm} takes the dump of a process.
 * {@link org.leaklab.heapdump.Growth} compares the findings of two dumps. {@link org.leaklab.heapdump.ThreadDumpFile}
 * reads thread dumps, which have no heap. {@link org.leaklab.heapdump.KnownLeaks} keeps the places of leaks that a
 * project knows of; {@link org.leaklab.heapdump.LeakPlace} is the identity of a group in all builds.
 *
 * <p>Inner packages do the work. The module does not export them. Each of them uses only packages that stand before it
 * in this list:
 *
 * <ol>
 *   <li>{@code primitive}: lists and maps of numbers
 *   <li>{@code hprof}: the records of the file, and where it stands while it is needed
 *   <li>{@code process}: the process whose dump it is, and the commands that its JVM takes
 *   <li>{@code evidence}: what its JVM says of threads beside the dump
 *   <li>{@code locks}: who waits for whom, as a thread dump without a heap shows it
 *   <li>{@code graph}: objects with their fields, references and sizes, and the memory that an object retains
 *   <li>{@code code}: what class files tell about the methods on the stacks
 *   <li>{@code judge}: the threads, what each of them waits on, and which of them can be woken
 *   <li>{@code suspect}: the threads that may be stuck, each with the reason
 * </ol>
 */
@NullMarked
package org.leaklab.heapdump;

import org.jspecify.annotations.NullMarked;
