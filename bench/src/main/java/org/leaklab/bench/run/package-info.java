/**
 * Runs many benchmarks row by row, so that a run can be stopped, killed, shared among machines and taken up again.
 *
 * <p>A {@link org.leaklab.bench.run.Row} is a benchmark with a value for each parameter.
 * {@link org.leaklab.bench.run.RowList} knows all that there are, a {@link org.leaklab.bench.run.Preset} says which of
 * them are measured and how long, a {@link org.leaklab.bench.run.Shard} takes a part of those, and a
 * {@link org.leaklab.bench.run.Plan} is what comes of the three for one group. {@link org.leaklab.bench.run.RowRunner}
 * measures a plan in passes, a fork of each row at a time: each fork goes to a journal as soon as it is measured, and
 * only when the last one is there do {@link org.leaklab.bench.run.ResultFiles} get their whole file, with the
 * {@link org.leaklab.bench.run.Environment} beside it.
 *
 * <p>JMH alone writes its results at the end of a run, all or none.
 */
@NullMarked
package org.leaklab.bench.run;

import org.jspecify.annotations.NullMarked;
