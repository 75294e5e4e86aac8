/**
 * The JMH harnesses, a package a group of benchmarks that belong together and are run together. One class asks one
 * question and says how to read the answer; what is measured is in the library or in a package of the same name beside
 * this one.
 *
 * <p>Leaks live in threads that the scenarios start, never in JMH's workers, and every stuck thread is freed before its
 * iteration ends, so nothing hangs or lengthens a fork.
 *
 * <p>Parameters are JMH's. Values that need a JVM of their own stand beside them as {@link org.leaklab.bench.Further},
 * for JMH by itself cannot run them; {@link org.leaklab.bench.RequiredJvm} says which JVM they need, to the runner in
 * {@code org.leaklab.bench.run} and to the benchmark itself.
 */
@NullMarked
package org.leaklab.bench;

import org.jspecify.annotations.NullMarked;
