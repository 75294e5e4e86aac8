/**
 * The five patterns of structured concurrency, built so that nothing they start is left behind.
 *
 * <table>
 *   <caption>Which one to take</caption>
 *   <tr><th>You have</th><th>Take</th></tr>
 *   <tr><td>a few tasks that are needed together</td><td>{@link org.leaklab.pattern.InvokeAll}</td></tr>
 *   <tr><td>many tasks, of which few may run at a time</td><td>{@link org.leaklab.pattern.BoundedConcurrency}</td></tr>
 *   <tr><td>a stream of values that goes through several steps, in order</td>
 *       <td>{@link org.leaklab.pattern.Pipeline}</td></tr>
 *   <tr><td>a stream of values and one slow step, in any order</td><td>{@link org.leaklab.pattern.FanOutFanIn}</td></tr>
 *   <tr><td>tasks that come one by one, from anywhere</td><td>{@link org.leaklab.pattern.WorkerPool}</td></tr>
 * </table>
 *
 * <p>What holds for all: threads are started through the {@link org.leaklab.core.Launcher} that is given and belong to
 * one {@link org.leaklab.core.TaskGroup} under the {@link org.leaklab.core.Context} that is given. Every wait is
 * interruptible. When the context is done, the threads are interrupted and their waits on channels end. No call that
 * started threads returns, normally or not, before they have ended their work; only an interrupt that comes while it
 * waits for a task that ignores its cancellation makes it leave earlier. {@code org.leaklab.lab.PatternTable} observes
 * what else they promise.
 */
@NullMarked
package org.leaklab.pattern;

import org.jspecify.annotations.NullMarked;
