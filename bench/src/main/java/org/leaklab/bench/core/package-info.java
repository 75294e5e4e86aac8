/**
 * The scheduling core measured beside its peers, in one run.
 *
 * <p>One abstract class asks one question, and its javadoc says how to read the answer. JMH runs the two or more
 * classes nested in it: {@code AllCarriers} on platform threads and on virtual threads with as many carriers as the
 * machine has processors, {@code OneCarrier} on virtual threads that share a single one; rankings flip between the two.
 * The parameter {@code implementation} names who does the work: {@code leaklab}, or a peer. A score is nanoseconds an
 * operation, less is better; {@code core-table} turns a result file into one row a cell with the ratio of each peer to
 * {@code leaklab}.
 *
 * <p>What is measured stands in classes without JMH, which the tests run too. A question fills a
 * {@link org.leaklab.bench.core.Crew} with parts over a small interface: {@link org.leaklab.bench.core.Pipe} with one
 * adapter an implementation, and so on. All waiting is done in the crew's threads, started before the measurement and
 * ended after it; one that fails, is interrupted or gets stuck fails the benchmark, and never hangs it.
 */
@NullMarked
package org.leaklab.bench.core;

import org.jspecify.annotations.NullMarked;
