/**
 * Who can be woken, and why: Go's {@code goroutineleak} algorithm over the graph of a dump.
 *
 * <p>Begin with {@link org.leaklab.heapdump.judge.Judgement}, which has the steps:
 *
 * <ol>
 *   <li>{@code DumpThreads} reads the threads; a {@code DumpThread} is one of them. {@code ThreadStates} says what a
 *       thread does, and {@code Parking} how its stack parks.
 *   <li>{@code Blockers} says what each thread waits on, and whether it still does. {@code Synchronizer} lists the
 *       JDK's own, a {@code StampedLock} for example; {@code Role} says what a node of their queues means.
 *   <li>{@code Initializers} finds who waits for the initializer of a class.
 *   <li>{@code Testimony} has what the JVM said beside the dump: {@code PrintedThreads} and {@code DumpedThreads}.
 *   <li>{@code Monitors} finds the monitor that a thread waits on, and {@code Owners} looks for its owner.
 *   <li>{@code Heirs} says who goes on when a thread does. {@code Doubt} lists what no dump shows, such as the objects
 *       that {@code CompiledFrames} miss.
 *   <li>{@code Marking} decides who can be woken, stage by stage over one worklist: {@code Marks} has the objects,
 *       {@code Wakes} the threads, {@code Waiting} who waits on an object. {@code Trail} and {@code WayToThread} say
 *       how.
 * </ol>
 *
 * <p>What is known of a thread never changes under those who read it. A {@code DumpThread} is what the thread shows of
 * itself. Steps 2 to 5 answer with a {@code ThreadWait} for the threads that they know more of; where one can say
 * nothing of a thread, the reason stands in there. {@code Wakes} alone writes {@code Fates}. Of both, each thread gets
 * its {@code ThreadVerdict}, once, when all is decided.
 */
@NullMarked
package org.leaklab.heapdump.judge;

import org.jspecify.annotations.NullMarked;
