/**
 * The scheduling core: Go-like primitives over either kind of Java thread, in which scenarios and patterns are written.
 *
 * <p>Start at {@link org.leaklab.core.Launcher}, which starts named threads of one {@link org.leaklab.core.ThreadKind}
 * and knows each until it ends. Threads talk over a {@link org.leaklab.core.Channel}, wait for several things at once
 * with a {@link org.leaklab.core.Select}, and are told to stop through a {@link org.leaklab.core.Context}. A
 * {@link org.leaklab.core.TaskGroup} forks tasks that fail and end together; {@link org.leaklab.core.WaitGroup},
 * {@link org.leaklab.core.Mutex} and {@link org.leaklab.core.Semaphore} count, exclude and bound;
 * {@link org.leaklab.core.Ticker} and {@link org.leaklab.core.TimeoutGuard} deal in time. A receive that may give up
 * returns a {@link org.leaklab.core.Received}. Exceptions stand in the type that throws them.
 *
 * <p>How a wait works is in the inner package {@code org.leaklab.core.wait}.
 *
 * <h2>What holds everywhere</h2>
 *
 * <ul>
 *   <li>Every wait is interruptible. An interrupt, a timeout or a cancelled context takes the waiting thread out of the
 *       primitive in constant time and leaves nothing behind; an operation that has already happened when the interrupt
 *       arrives returns normally and keeps the interrupt flag set.
 *   <li>Waiters are served first in, first out, and no newcomer overtakes them.
 *   <li>Timeouts are measured with {@link System#nanoTime()} on the waiting thread. Zero or negative means "do not
 *       wait".
 *   <li>What a thread does before it sends, unlocks, releases, counts down or cancels happens before what another
 *       thread does after the matching receive, lock, acquire, await or observed cancellation.
 *   <li>A waiting thread parks with the primitive as its {@linkplain java.util.concurrent.locks.LockSupport#getBlocker
 *       blocker}, so stack dumps name it.
 * </ul>
 */
@NullMarked
package org.leaklab.core;

import org.jspecify.annotations.NullMarked;
