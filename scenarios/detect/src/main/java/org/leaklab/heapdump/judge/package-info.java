/**
 * Who can be woken, and why: Go's {@code goroutineleak} algorithm over the graph of a dump.
 *
 * <p>Begin with {@link org.leaklab.heapdump.judge.Judgement}, which has the steps. {@code DumpThreads} reads the
 * threads and {@code ThreadStates} what they do; {@code Blockers} says what each waits on and whether it still does, by
 * the JDK's own synchronizers ({@code Role}) and by {@code Monitors}, whose owners {@code Owners} looks for;
 * {@code Marking} decides who can be woken, and {@code Trail} and {@code WayToThread} say how. Why nothing can be said
 * of a thread stands where that is found out: look for {@code unknown}.
 */
@NullMarked
package org.leaklab.heapdump.judge;

import org.jspecify.annotations.NullMarked;
