/**
 * How a wait works: the line in which threads wait, the short lock that guards it, when a thread spins before it parks,
 * and how exactly one thread ends a wait. The module does not export this package.
 *
 * <h2>Where to start</h2>
 *
 * <p>Each primitive of {@code org.leaklab.core} that a thread can wait on extends one of two classes here:
 *
 * <ul>
 *   <li>{@link org.leaklab.core.wait.Gate}: one side waits until it may pass (mutex, semaphore, wait group, task
 *       group).
 *   <li>{@link org.leaklab.core.wait.MeetingPoint}: two sides wait for each other (channel).
 * </ul>
 *
 * <p>Both extend a chain of three, which add one thing each: {@link org.leaklab.core.wait.ShortLock} (the lock),
 * {@link org.leaklab.core.wait.SpinPolicy} (when to spin; {@link org.leaklab.core.wait.Spin} says for how long) and
 * {@link org.leaklab.core.wait.WaitQueue} (the line). They are one object, and not four, because two threads that hand
 * over to each other pay for each cache line that goes from one processor to the other.
 *
 * <p>{@link org.leaklab.core.wait.Selection} waits at several meeting points at once, for a select.
 *
 * <h2>One wait, step by step</h2>
 *
 * <ol>
 *   <li>The thread takes the lock and looks whether it has to wait. If not, it is done: nothing is allocated.
 *   <li>If it has to, it makes a {@link org.leaklab.core.wait.Waiter}, puts it in line and unlocks. From now on another
 *       thread can find it.
 *   <li>It spins as the policy says. If that is not enough, and the wait has a context, it puts a second
 *       {@link org.leaklab.core.wait.WaitNode} in the line of the context's channel (see
 *       {@link org.leaklab.core.wait.Cancellation}). Then it says in its state that it parks, and parks.
 *   <li>A waker, under the lock of the place, unlinks the node, writes into it what it hands over, and ends the wait.
 *       If the waiter has said that it parks, the waker unparks it, after it unlocked.
 *   <li>Or the thread gives up: its time is over, or it is interrupted. Then it ends its wait itself.
 *   <li>However the wait ended, the thread takes its other nodes out of their lines, each in constant time.
 * </ol>
 *
 * <h2>The states of a wait</h2>
 *
 * <pre>{@code
 * waiting ----> done               by a waker
 *    |
 *    +--------> cancelled          by the waiting thread: late, interrupted
 *    |
 *    v
 * parked -----> parked and done    by a waker, which then unparks
 *    |
 *    +--------> cancelled
 * }</pre>
 *
 * <p>Each arrow is one compare-and-set on the state of the waiter. So a wait ends once: of several wakers one wins, and
 * the others look for the next waiter; a thread that gives up either was handed nothing or sees that it was.
 *
 * <h2>Memory ordering</h2>
 *
 * <ul>
 *   <li>Lines and the state of primitives are plain fields that the short lock guards. Taking it is a volatile
 *       compare-and-set, giving it back a release write, so what one holder wrote the next one sees.
 *   <li>What is handed over is a plain field of the node. The waker writes it before the compare-and-set that ends the
 *       wait; the waiting thread reads the state before it reads the field. Nobody reads a node that did not win.
 *   <li>"I park" and "it is done" are the same word, so either the waker sees that the thread parks and unparks it, or
 *       the thread sees that it is done and does not park. No wake-up is lost.
 * </ul>
 */
@NullMarked
package org.leaklab.core.wait;

import org.jspecify.annotations.NullMarked;
