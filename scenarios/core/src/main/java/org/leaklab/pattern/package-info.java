/**
 * The five patterns of structured concurrency. They are built so that no thread which they start is left behind.
 *
 * <table>
 *   <caption>Which one to take</caption>
 *   <tr><th>You have</th><th>Take</th></tr>
 *   <tr><td>a few tasks that are needed together</td><td>{@link org.leaklab.pattern.InvokeAll}</td></tr>
 *   <tr><td>many tasks, and only a few may run at a time</td>
 *       <td>{@link org.leaklab.pattern.BoundedConcurrency}</td></tr>
 *   <tr><td>a stream of values that goes through several steps, in order</td>
 *       <td>{@link org.leaklab.pattern.Pipeline}</td></tr>
 *   <tr><td>a stream of values and one slow step, in any order</td><td>{@link org.leaklab.pattern.FanOutFanIn}</td></tr>
 *   <tr><td>tasks that come one by one, from any thread</td><td>{@link org.leaklab.pattern.WorkerPool}</td></tr>
 * </table>
 *
 * <p>You write the rest of a pattern as lambdas: {@link org.leaklab.pattern.Work} is a task with a result. A stream
 * begins with a {@link org.leaklab.pattern.Producer}, a {@link org.leaklab.pattern.Step} changes one value of it, and a
 * {@link org.leaklab.pattern.Consumer} receives the values at its end. Values leave a part through its
 * {@link org.leaklab.pattern.Sink} and enter a part through its {@link org.leaklab.pattern.Source}.
 *
 * <h2>What holds for all five</h2>
 *
 * <ul>
 *   <li>You give a {@link org.leaklab.core.Launcher} and a {@link org.leaklab.core.Context}. The launcher starts all
 *       threads. They belong to one {@link org.leaklab.core.TaskGroup} under the context.
 *   <li>Every wait can be interrupted. When the context is done, the pattern interrupts its threads, and their waits on
 *       channels end.
 *   <li>A {@code run} method returns or throws only after all its threads have ended their work. For a pool, that is
 *       {@link org.leaklab.pattern.WorkerPool#close()}. An interrupt of the waiting thread cancels the others and does
 *       not end that wait; the interrupt flag is set again, or the method throws.
 *   <li>If the launcher cannot start a thread, the method throws
 *       {@link org.leaklab.core.Launcher.ThreadLimitException}, or {@link java.lang.IllegalStateException} if the
 *       launcher is shut down. The threads that were started are cancelled, and the method waits for them first.
 * </ul>
 *
 * <p>{@code org.leaklab.lab.PatternTable} runs the patterns and shows what else they promise.
 */
@NullMarked
package org.leaklab.pattern;

import org.jspecify.annotations.NullMarked;
