/**
 * The core under adversarial scheduling: races of two threads, repeated some ten thousand times a second, whose
 * outcomes are data on each class.
 *
 * <pre>{@code
 * $ scripts/jcstress                                      all, under every compiler and flag that jcstress knows
 * $ scripts/jcstress --quick                              all, under one; what the profile stress runs
 * $ scripts/jcstress -t core.SemaphoreStress.HeadGivesUp  one
 * $ scripts/jcstress --self-test                          the planted bugs, each of which must be caught
 * }</pre>
 *
 * <p>{@link org.leaklab.stress.core} holds the tests, {@link org.leaklab.stress.planted} the same shapes over code with
 * one flaw each. No wait is without an end: what is never woken gives up after
 * {@link org.leaklab.stress.Attempt#PATIENCE} and shows as a forbidden outcome. jcstress gives every actor a processor
 * of its own and skips tests that ask for more than there are; hence a race of three has two actors and a
 * {@link org.leaklab.stress.Third}.
 */
@NullMarked
package org.leaklab.stress;

import org.jspecify.annotations.NullMarked;
