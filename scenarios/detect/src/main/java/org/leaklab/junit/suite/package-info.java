/**
 * The check of a whole suite of tests, without code: what {@code leaklab.verify} switches on. Inner: nothing here is
 * for others to call.
 *
 * <p>{@link org.leaklab.junit.suite.SuiteListener} hears which test begins and ends, and writes that down in
 * {@link org.leaklab.junit.suite.TestsSeen}. When the tests of all engines have ended,
 * {@link org.leaklab.junit.suite.Suite} looks which threads are still live. {@link org.leaklab.junit.suite.SuiteEngine}
 * lends it the one thing that a listener has not got: a test that can fail.
 *
 * <p>JUnit finds the listener and the engine by {@code META-INF/services}, so only on the class path: a module must not
 * provide a service whose module is optional.
 */
@NullMarked
package org.leaklab.junit.suite;

import org.jspecify.annotations.NullMarked;
