package org.leaklab.bench.scenario;

import java.util.concurrent.TimeUnit;
import org.leaklab.lab.Exhibit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the look cost with which {@link org.leaklab.lab.Cycle} tells whether a thread is stuck? Every leaky life
 * that {@link ScenarioThroughput} measures contains at least one such look. So the nanoseconds of one, set against
 * those of a life, tell how much of a life is the look.
 *
 * <p>The look at state and blocker is that of most lives, the look at the stack that of one life in a hundred. Both
 * look a second time at platform threads, after a yield. One thread is stuck.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class StuckLook {

    private static final String SCENARIO = "send-without-receiver";

    /** What is looked at. */
    @Param({"state-and-blocker", "stack"})
    public String variant;

    @Param({"platform", "virtual"})
    public String threads;

    private Exhibit exhibit;
    private boolean stack;

    @Setup
    public void getStuck() throws Exception {
        stack = variant.equals("stack");
        exhibit = Exhibit.of(Cells.of(SCENARIO, "leaky", threads));
    }

    @TearDown
    public void free() {
        exhibit.close();
    }

    /** Looks once. */
    @Benchmark
    public boolean look() {
        boolean stuck = stack ? exhibit.isAtItsPlaces() : exhibit.isStuck();
        if (!stuck) {
            throw new IllegalStateException("the thread that this benchmark looks at is not stuck any more");
        }
        return stuck;
    }
}
