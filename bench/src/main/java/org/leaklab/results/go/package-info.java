/**
 * What {@code go test -bench} prints, in the shape of JMH's JSON.
 *
 * <p>{@link org.leaklab.results.go.GoBenchmarkFile} reads the text, of any project, as <a
 * href="https://golang.org/design/14313-benchmark-format">Go's specification</a> has it;
 * {@link org.leaklab.results.go.GoBenchmark} is one line of it, with the settings that hold there.
 * {@link org.leaklab.results.go.GoResults} makes a file of results of the lines of each Go package, and the record of
 * the environment that stands beside it.
 *
 * <p>Names are translated by one rule. The Go package gives the name of the Java package, slashes being dots; words
 * between the slashes of a benchmark's name give class and method, and {@code word=word} a parameter. So
 * {@code BenchmarkForkJoin/task/implementation=go} of the package {@code org.leaklab/bench/core} is the row of
 * {@code org.leaklab.bench.core.ForkJoin.task} with {@code implementation=go}.
 */
@NullMarked
package org.leaklab.results.go;

import org.jspecify.annotations.NullMarked;
