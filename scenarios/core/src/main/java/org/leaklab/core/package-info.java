/**
 * Go-like primitives for platform and virtual threads. The scenarios and the patterns are written with them.
 *
 * <p>Start at {@link org.leaklab.core.Launcher}. A launcher starts named threads of one
 * {@link org.leaklab.core.ThreadKind} and knows each thread until its task ends. The launched threads then use:
 *
 * <ul>
 *   <li>{@link org.leaklab.core.Channel}, which passes values between threads. {@link org.leaklab.core.Select} waits
 *       for several channels at once. {@link org.leaklab.core.Received} is the result of a receive that may give up.
 *   <li>{@link org.leaklab.core.Context}, which tells threads to stop.
 *   <li>{@link org.leaklab.core.TaskGroup}, whose tasks fail together and end together.
 *   <li>{@link org.leaklab.core.WaitGroup}, {@link org.leaklab.core.Mutex} and {@link org.leaklab.core.Semaphore}: a
 *       counter, a lock and a number of permits.
 *   <li>{@link org.leaklab.core.Ticker}, which ticks at a fixed rate, and {@link org.leaklab.core.TimeoutGuard}, which
 *       runs a task with a time limit.
 * </ul>
 *
 * <p>Each exception type is a nested class of the type that throws it.
 *
 * <p>Three inner packages do the work. {@code org.leaklab.core.wait} contains the lock, the line of waiters and the
 * wait itself. {@code org.leaklab.core.live} contains the list of live threads and the hooks for detectors.
 * {@code org.leaklab.core.text} contains what makes text safe to print. The module exports the first to no other
 * module, and the other two to leaklab's own modules only.
 *
 * <h2>What holds everywhere</h2>
 *
 * <ul>
 *   <li>Every wait can be interrupted. When the waiting thread is interrupted, when its time runs out or when its
 *       context is done, the thread leaves the primitive in constant time and leaves nothing behind. If the operation
 *       has already happened when the interrupt arrives, the operation returns normally and the interrupt flag stays
 *       set.
 *   <li>A method of a channel, select, mutex, semaphore or wait group that can wait throws
 *       {@link java.lang.InterruptedException} if the interrupt flag is set when it is called, even if it would not
 *       have to wait. A {@code try} method without a timeout never waits and does not look at the flag.
 *   <li>Waiting threads are served first in, first out. A thread that comes later does not overtake them.
 *   <li>The waiting thread measures its timeout with {@link System#nanoTime()}. A timeout of zero or less means "do not
 *       wait".
 *   <li>Memory: if thread A sends, unlocks, releases, counts down or cancels, and thread B then receives that value,
 *       gets the lock or the permit, returns from the wait or sees the cancellation, then everything that A did before
 *       happens before everything that B does after.
 *   <li>A waiting thread may spin for a short time before it parks. When it parks, the primitive is its
 *       {@linkplain java.util.concurrent.locks.LockSupport#getBlocker blocker}, so a stack dump names the primitive.
 *       Two differ: a thread that joins a task group has an inner object of the group as its blocker, and a thread that
 *       waits for the threads of a launcher has the launcher.
 *   <li>All classes are safe for use by any number of threads, except {@link org.leaklab.core.Select}.
 *   <li>No parameter and no result is null, unless its type says {@code @Nullable}.
 * </ul>
 */
@NullMarked
package org.leaklab.core;

import org.jspecify.annotations.NullMarked;
