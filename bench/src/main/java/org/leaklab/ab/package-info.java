/**
 * Two jars of benchmarks, measured in turn on one machine: {@code bench ab}.
 *
 * <p>{@link org.leaklab.ab.AbRun} is the way in: it measures pairs, a fork of each jar, in the order ABBA, with the
 * {@link org.leaklab.ab.Ruler} between pairs, and keeps each in a {@link org.leaklab.ab.PairFile} as soon as it is
 * there. {@link org.leaklab.ab.JarForks} starts a fork of a {@link org.leaklab.ab.BenchmarkJar}: one run of its own
 * JMH, with the user's {@link org.leaklab.ab.JmhWords}.
 *
 * <p>The ruler is a fixed piece of work of leaklab's in a JVM of its own ({@link org.leaklab.ab.RulerMain}). How far it
 * moves on a machine that holds still is its {@link org.leaklab.ab.Band}; a {@link org.leaklab.ab.Pair} across which it
 * moved further is disturbed.
 *
 * <p>{@link org.leaklab.ab.AbAnswer} says what the pairs show: the test and its interval are those of
 * {@link org.leaklab.compare.SignFlip}. {@link org.leaklab.ab.AbScreen} prints it, and {@link org.leaklab.ab.SideFiles}
 * writes both sides as JMH would have, so that {@code compare} reads them.
 *
 * <p>{@link org.leaklab.ab.RatesMain} measures how often all this is wrong, and how often it finds what was planted.
 */
@NullMarked
package org.leaklab.ab;

import org.jspecify.annotations.NullMarked;
