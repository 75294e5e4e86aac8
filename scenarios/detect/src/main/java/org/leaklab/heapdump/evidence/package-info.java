/**
 * What a JVM says of its threads beside the heap dump: {@link org.leaklab.heapdump.evidence.ThreadPrint}, the text of
 * {@code Thread.print -l -e}, and {@link org.leaklab.heapdump.evidence.JsonThreadDump}, the file of
 * {@code Thread.dump_to_file -format=json}. And which of its code is compiled:
 * {@link org.leaklab.heapdump.evidence.CompiledCode}, the text of {@code Compiler.codelist}.
 *
 * <p>A thread print knows platform threads and mounted virtual ones. All of it is of one moment, and it names objects
 * by their addresses, which are the identifiers of a heap dump that is taken right before or after. A JSON thread dump
 * knows all threads, visits one after the other, and names objects by class and identity hash code.
 */
@NullMarked
package org.leaklab.heapdump.evidence;

import org.jspecify.annotations.NullMarked;
