/**
 * The files that a folder of results holds, in and out.
 *
 * <p>{@link org.leaklab.results.ResultFile} reads the JSON that JMH wrote, of any version of JMH and for any project;
 * {@link org.leaklab.results.JmhResult} is one benchmark with its parameters, and where it recorded them with its
 * {@link org.leaklab.results.Latencies}, which {@code bench} adds to what JMH writes.
 * {@link org.leaklab.results.Headline} is one of the few figures that a group is about, made of such rows by the
 * group's {@link org.leaklab.results.HeadlineMeasures}. {@link org.leaklab.results.DetectorVerdict} reads
 * {@code detectors.json}, which {@code detectors --json} prints. Histogram logs ({@code *.hlog}) stand in a format of
 * HdrHistogram: {@link org.leaklab.results.IntervalLog} writes one, a histogram for each interval, and
 * {@link org.leaklab.results.RecordedLog} reads it.
 *
 * <p>{@link org.leaklab.results.GoText} writes results in Go's benchmark format, which {@code org.leaklab.results.go}
 * reads.
 *
 * <p>{@link org.leaklab.results.Commit} is what source results were measured with, so that figures of two commits are
 * told apart.
 *
 * <p>Two records of JSON are written and read where they are made: the environment of a run
 * ({@code org.leaklab.bench.run}) and {@code million.json} ({@code org.leaklab.soak}). This package depends on nothing
 * else of leaklab.
 */
@NullMarked
package org.leaklab.results;

import org.jspecify.annotations.NullMarked;
