/**
 * Runs benchmarks so that a run can be stopped or killed at any time, and the same command goes on where it was. JMH by
 * itself writes its results at the end of a run, all or none.
 *
 * <p>Which rows: a {@link org.leaklab.bench.run.Row} is a benchmark with a value for each parameter.
 * {@link org.leaklab.bench.run.RowList} has all rows that can run on a JDK, a {@link org.leaklab.bench.run.Preset} says
 * which of them are measured and for how long ({@code presets.json} in the resources of this package), and a
 * {@link org.leaklab.bench.run.Shard} takes a part of those. All three make the {@link org.leaklab.bench.run.Plan} of
 * one group.
 *
 * <p>How they run: {@link org.leaklab.bench.run.ResumableRun} carries out a plan in passes. In each pass JMH measures
 * one fork of every row, in a JVM with the options that the row's values need. Each fork goes to the {@code Journal} as
 * soon as it is measured; a killed run goes on from there. When the last fork is there,
 * {@link org.leaklab.bench.run.ResultFiles} get the whole file, with the {@link org.leaklab.bench.run.Environment}
 * beside it.
 *
 * <p>What a reader sees meanwhile: {@code Progress} counts, and writes a line a row or a line a group on the
 * {@code Screen}.
 *
 * <p>Start reading at {@link org.leaklab.bench.run.ResumableRun#run()}.
 */
@NullMarked
package org.leaklab.bench.run;

import org.jspecify.annotations.NullMarked;
