/**
 * Whether results differ. {@link org.leaklab.compare.Compare} is the way in: it reads files, chooses what a row and a
 * column stand for, and makes a {@link org.leaklab.compare.Comparison}. {@link org.leaklab.compare.Screen},
 * {@link org.leaklab.compare.PullRequest} and {@link org.leaklab.compare.Csv} print that, and
 * {@link org.leaklab.compare.Gate} says whether a script may go on. The sentences about files, rows and columns that
 * are not there are in {@code Compare}, {@code Input} and {@code Projection}; those about the value of an option are in
 * the command, {@code org.leaklab.cli.CompareCommand}.
 *
 * <p>{@code Questions} puts results into rows and columns, with {@code WaysOfRunning} keeping apart what one column
 * holds twice, and {@code Unit} converting. {@code Rows} names them and has them judged.
 *
 * <p>{@link org.leaklab.compare.Judge} is the only place where something is called significant, for commands and pages
 * alike. {@link org.leaklab.compare.MannWhitney} has the exact p-value, {@link org.leaklab.compare.FalseDiscoveries}
 * corrects it for the number of questions, and {@link org.leaklab.compare.Sample} has medians, ratios and their
 * intervals.
 *
 * <p>{@link org.leaklab.compare.SignFlip} is the test for values that were measured in pairs, as {@code bench ab} does;
 * {@link org.leaklab.compare.PairPower} says how small a change it can show.
 *
 * <p>One value is the mean of one fork: the iterations of a fork depend on each other.
 */
@NullMarked
package org.leaklab.compare;

import org.jspecify.annotations.NullMarked;
