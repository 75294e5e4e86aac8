/**
 * Who can be woken, and why: Go's {@code goroutineleak} algorithm over the graph of a dump.
 *
 * <p>Begin with {@link org.leaklab.heapdump.judge.Judgement}, which has the steps:
 *
 * <ol>
 *   <li>{@code DumpThreads} reads the threads; a {@code DumpThread} is one of them. {@code ThreadStates} says what a
 *       thread does, and {@code Waiting} how it waits.
 *   <li>{@code Blockers} says what each thread waits on, and whether it still does. {@code Synchronizer} lists the
 *       JDK's own, a {@code StampedLock} for example; {@code Role} says what a node of their queues means.
 *   <li>{@code Initializers} finds who waits for the initializer of a class.
 *   <li>{@code Testimony} has what the JVM said beside the dump: {@code PrintedThreads} and {@code DumpedThreads}.
 *   <li>{@code Monitors} finds the monitor that a thread waits on, and {@code Owners} looks for its owner.
 *   <li>{@code Heirs} says who goes on when a thread does. {@code Doubt} lists what no dump shows, such as the objects
 *       that {@code CompiledFrames} miss.
 *   <li>{@code Marking} decides who can be woken. {@code Trail} and {@code WayToThread} say how.
 * </ol>
 *
 * <p>Each step that can say nothing of a thread writes the reason into {@code DumpThread.unknown}.
 */
@NullMarked
package org.leaklab.heapdump.judge;

import org.jspecify.annotations.NullMarked;
