package org.leaklab.bench.scenario;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.leaklab.bench.Words;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.PatternLoad;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many items a second does each of the five patterns put through, threads started and ended included? A hundred
 * items a run, each squared; the work itself is next to nothing, so this is the price of the structure.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class PatternThroughput {

    private static final int ITEMS = 100;

    @Param({"task-group", "bounded-concurrency", "pipeline", "fan-out-fan-in", "worker-pool"})
    public String pattern;

    @Param({"platform", "virtual"})
    public String threads;

    private Launcher launcher;
    private PatternLoad load;
    private List<Integer> items;
    private List<Integer> results = List.of();

    @Setup
    public void open() {
        launcher = Launcher.of(Words.constant(ThreadKind.class, threads));
        load = PatternLoad.of(pattern);
        items = IntStream.range(0, ITEMS).boxed().toList();
    }

    @TearDown
    public void close() {
        launcher.close();
    }

    @TearDown(Level.Iteration)
    public void look() {
        check(items, results);
    }

    /**
     * Sees that a pattern has put all items through.
     *
     * @throws IllegalStateException if the results are not the squares of the items, in whatever order
     */
    static void check(List<Integer> items, List<Integer> results) {
        if (!results.stream()
                .sorted()
                .toList()
                .equals(items.stream().map(item -> item * item).sorted().toList())) {
            throw new IllegalStateException(
                    "of " + items.size() + " items a pattern has made something else than their squares: " + results);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public List<Integer> items() throws Exception {
        results = load.run(launcher, items);
        return results;
    }
}
