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
 * How many whole lives of a scenario a second: start its threads, wait until the leaky ones are seen stuck, free them,
 * wait for their end. Read leaky against fixed, and platform against virtual; a leaky life includes the rescue that a
 * real program cannot make, and the look that sees it stuck, which {@link StuckLook} measures alone.
 *
 * <p>Every invocation frees what it left stuck, so nothing piles up over the iterations. {@code pinned-carrier} needs
 * JVM options of its own and stands in {@link PinnedCarrierThroughput}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class ScenarioThroughput {

    @Param({
        "send-without-receiver",
        "receive-without-sender",
        "surplus-senders",
        "surplus-receivers",
        "nil-channel-send",
        "nil-channel-receive",
        "range-over-unclosed-channel",
        "double-send",
        "early-return",
        "first-result-wins",
        "select-never-ready",
        "closed-channel-spin",
        "uncancelled-context",
        "cancel-never-called",
        "ignores-cancellation",
        "sleep-ignores-cancellation",
        "swallowed-interrupt",
        "blocking-call-without-timeout",
        "timeout-abandons-task",
        "timeout-holds-resource",
        "ticker-never-stopped",
        "mutex-never-unlocked",
        "mutex-relock",
        "lock-order-deadlock",
        "owner-died",
        "missed-notify",
        "read-to-write-upgrade",
        "waitgroup-missing-done",
        "waitgroup-over-add",
        "barrier-missing-party",
        "infinite-loop",
        "http-response-not-closed",
        "http-handler-detached-task",
        "http-handler-writes-after-disconnect",
        "deferred-task-without-context",
        "callback-never-fires",
        "future-never-completed",
        "executor-never-shut-down",
        "task-group",
        "bounded-concurrency",
        "pipeline",
        "fan-out-fan-in",
        "worker-pool",
        "swallowed-error",
        "context-not-propagated",
        "shared-loop-variable",
        "producer-never-closes",
        "semaphore-outside-group",
    })
    public String scenario;

    @Param({"leaky", "fixed"})
    public String variant;

    @Param({"platform", "virtual"})
    public String threads;

    private Cycle cycle;

    @Setup
    public void find() {
        cycle = new Cycle(Cells.of(scenario, variant, threads));
    }

    @Benchmark
    public int life() throws Exception {
        return cycle.run();
    }
}
