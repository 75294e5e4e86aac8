package org.leaklab.bench.scenario;

import java.util.concurrent.TimeUnit;
import org.leaklab.lab.Cycle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The scenario {@code pinned-carrier} on a single carrier, as {@link ScenarioThroughput} runs the others: where a
 * thread that blocks inside {@code synchronized} keeps its carrier (JDK 21 to 23), the bystander is left behind too.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1",
            "-Djmh.shutdownTimeout=1",
            "-Djmh.shutdownTimeout.step=1"
        })
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class PinnedCarrierThroughput {

    /** Not a parameter: only this scenario needs a single carrier. */
    static final String SCENARIO = "pinned-carrier";

    @Param({"leaky", "fixed"})
    public String variant;

    @Param({"platform", "virtual"})
    public String threads;

    private Cycle cycle;

    @Setup
    public void find() {
        cycle = new Cycle(Cells.of(SCENARIO, variant, threads));
    }

    @Benchmark
    public int life() throws Exception {
        return cycle.run();
    }
}
