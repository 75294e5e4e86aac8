/**
 * What does the scheduling core cost beside its peers, in one run?
 *
 * <p>One class asks one question, and its javadoc says how to read the answer: start at
 * {@link org.leaklab.bench.core.PingPong}. A score is nanoseconds an operation, less is better. The parameters are
 * those of {@link org.leaklab.bench.core.CoreBenchmark} and {@code implementation}, which names who does the work:
 * {@code leaklab}, or a peer. {@code carriers} is how many carriers virtual threads have: {@code default} means one a
 * processor. {@code 1} lets all of them share a single one; it can turn a ranking round. That value and the
 * implementations that are previews of the JDK need JVM options, so plain JMH leaves them out and the command
 * {@code bench} runs them: see {@link org.leaklab.bench.Further} for the values and
 * {@link org.leaklab.bench.RequiredJvm} for their options.
 *
 * <p>What is measured stands in classes without JMH, which the tests run too. A question fills a {@code Crew} with
 * parts over a small interface with one adapter an implementation: {@code Pipe} for values, {@code Junction} for
 * selects, {@code Turnstile} and {@code Exclusion} for turns, {@code Forker} and {@code Pool} for tasks. All waiting is
 * done in the crew's threads, which are started before the measurement and end after it. A thread that fails, is
 * interrupted or gets stuck fails the benchmark, and never hangs it.
 *
 * <p>What results say: {@link org.leaklab.bench.core.CoreScore} reads them, {@link org.leaklab.bench.core.CoreTable}
 * has a row a cell with the ratio of each peer to {@code leaklab}, and {@link org.leaklab.bench.core.CoreBars} holds
 * them against what the core is meant to reach.
 */
@NullMarked
package org.leaklab.bench.core;

import org.jspecify.annotations.NullMarked;
