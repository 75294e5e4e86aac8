package org.leaklab.bench.scenario;

import java.util.concurrent.TimeUnit;
import org.leaklab.bench.Words;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Cell;
import org.leaklab.lab.Cycle;
import org.leaklab.lab.Variant;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
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
 * How many lives a second has the lab itself? One thread is started that does nothing, and its end is awaited, in the
 * same way in which {@link ScenarioThroughput} does that with the threads of a scenario. Read the fixed lives there
 * against this: what a life takes longer is the scenario's.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class EmptyLife {

    static final String NAME = "empty-life";

    /** So that it stands beside the scenarios. */
    @Param(NAME)
    public String scenario;

    @Param("fixed")
    public String variant;

    @Param({"platform", "virtual"})
    public String threads;

    private Cycle cycle;

    @Setup
    public void begin() {
        cycle = new Cycle(new Cell(
                new Nothing(), Words.constant(Variant.class, variant), Words.constant(ThreadKind.class, threads), 1));
    }

    @Benchmark
    public int life() throws Exception {
        return cycle.run();
    }

    /** No leak, and none of the catalogue's. */
    @Leak(
            id = NAME,
            family = Family.PITFALL,
            stuck = 0,
            cause = "nothing goes wrong, for the thread does nothing",
            cure = "there is nothing to cure")
    private static final class Nothing implements Scenario {

        @Override
        public void leaky(Threads threads) {
            fixed(threads);
        }

        @Override
        public void fixed(Threads threads) {
            threads.start("nothing", () -> {});
        }
    }
}
