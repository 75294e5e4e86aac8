/**
 * Whether results differ. {@link org.leaklab.compare.Compare} is the way in: it reads files, chooses what a row and a
 * column stand for, and makes a {@link org.leaklab.compare.Comparison}; {@link org.leaklab.compare.ComparisonText}
 * prints that. The sentences about files, rows and columns that are not there are in {@code Compare} and
 * {@code Projection}; those about the value of an option are in the command, {@code org.leaklab.cli.CompareCommand}.
 *
 * <p>{@code RowJudge} puts the measures into rows and columns and judges each row.
 * {@link org.leaklab.compare.MannWhitney} has the exact p-value: how likely such a difference is where there is none.
 * {@code Holm} corrects it for the number of rows, and {@link org.leaklab.compare.Sample} has medians, ratios and their
 * intervals.
 *
 * <p>One value is the mean of one fork: the iterations of a fork depend on each other.
 */
@NullMarked
package org.leaklab.compare;

import org.jspecify.annotations.NullMarked;
