/**
 * Runs many benchmarks row by row, so that a run can be stopped, killed, shared among machines and taken up again.
 *
 * <p>A {@link org.leaklab.rows.Row} is a benchmark with a value for each parameter. {@link org.leaklab.rows.RowList}
 * knows all that there are, a {@link org.leaklab.rows.Preset} says which of them are measured and how long, a
 * {@link org.leaklab.rows.Shard} takes a part of those, and a {@link org.leaklab.rows.Plan} is what comes of the three
 * for one group. {@link org.leaklab.rows.RowRunner} measures a plan in passes, a fork of each row at a time: each fork
 * goes to a journal as soon as it is measured, and only when the last one is there do
 * {@link org.leaklab.rows.ResultFiles} get their whole file, with the {@link org.leaklab.rows.Environment} beside it.
 *
 * <p>JMH alone writes its results at the end of a run, all or none.
 */
@NullMarked
package org.leaklab.rows;

import org.jspecify.annotations.NullMarked;
