/**
 * The benchmarks, one package for each question. A package holds the classes that JMH runs, everything that they
 * measure with, and what is made of their results: the headline measures and the table that a command prints. The class
 * of JMH asks the question, and its javadoc says how to read the answer.
 *
 * <p>The questions: {@code core} (how fast are the primitives beside their peers), {@code scenario} (how many lives of
 * a scenario fit into a second), {@code memory} (what does a stuck thread keep), {@code collector}, {@code scheduling}
 * and {@code latency} (what do stuck threads do to the collector, to other threads, to a service), {@code overhead}
 * (what does an attached detector cost), {@code detection} (how long does a detector take). {@code run} decides which
 * rows are measured and goes on after a kill; {@code stuck} gets threads stuck for several of the questions. Here is
 * only what all of them need: {@link org.leaklab.bench.Words}, the parameters of JMH, and
 * {@link org.leaklab.bench.Secondary}, which adds to JMH's results what a benchmark measured besides time.
 *
 * <p>Leaks live in threads that a benchmark starts, never in JMH's own threads. Every stuck thread is freed before its
 * iteration or its fork ends, so that nothing hangs.
 *
 * <p>Parameters are JMH's. Values that need a JVM of their own stand beside them as {@link org.leaklab.bench.Further},
 * for JMH by itself cannot run them; {@link org.leaklab.bench.RequiredJvm} says which JVM they need, to the runner in
 * {@code org.leaklab.bench.run} and to the benchmark itself.
 */
@NullMarked
package org.leaklab.bench;

import org.jspecify.annotations.NullMarked;
