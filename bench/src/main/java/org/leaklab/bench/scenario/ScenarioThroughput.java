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
 * real program cannot make, and the look that sees it stuck, which {@link StuckLook} measures alone. Much of a short
 * life is the lab, which starts threads and awaits their end: {@link EmptyLife} measures that alone.
 *
 * <p>Every invocation frees what it left stuck, so nothing piles up over the iterations. A life that does not get stuck
 * as its class announces fails the row. Scenarios that wait for time have no row ({@link TimedLives}), nor has what
 * needs JVM options of its own, what only the end of a JVM ends, or what starts a JVM. {@code ID/jdk} is the form of a
 * scenario in the idiom of the JDK.
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
        "send-without-receiver/jdk",
        "receive-without-sender",
        "receive-without-sender/jdk",
        "surplus-senders",
        "surplus-senders/jdk",
        "surplus-receivers",
        "surplus-receivers/jdk",
        "nil-channel-send",
        "nil-channel-receive",
        "range-over-unclosed-channel",
        "range-over-unclosed-channel/jdk",
        "double-send",
        "double-send/jdk",
        "early-return",
        "early-return/jdk",
        "first-result-wins",
        "first-result-wins/jdk",
        "select-never-ready",
        "select-never-ready/jdk",
        "closed-channel-spin",
        "closed-channel-spin/jdk",
        "consumer-died/jdk",
        "exchanger-alone/jdk",
        "one-pill-for-many/jdk",
        "uncancelled-context",
        "uncancelled-context/jdk",
        "cancel-never-called",
        "cancel-never-called/jdk",
        "ignores-cancellation",
        "ignores-cancellation/jdk",
        "sleep-ignores-cancellation",
        "sleep-ignores-cancellation/jdk",
        "swallowed-interrupt",
        "swallowed-interrupt/jdk",
        "ticker-never-stopped/jdk",
        "cancel-leaves-work/jdk",
        "interrupt-cleared-in-loop/jdk",
        "timeouts-as-sleeping-threads/jdk",
        "mutex-never-unlocked",
        "mutex-relock",
        "lock-order-deadlock",
        "owner-died",
        "missed-notify",
        "missed-notify/jdk",
        "read-to-write-upgrade",
        "notify-wakes-one/jdk",
        "condition-never-signalled/jdk",
        "notify-on-another-monitor/jdk",
        "park-without-loop/jdk",
        "permit-lost-on-exception/jdk",
        "guard-never-closed/jdk",
        "lock-ignores-interrupt/jdk",
        "wait-in-nested-monitor/jdk",
        "latch-behind-its-own-lock/jdk",
        "waitgroup-missing-done",
        "waitgroup-missing-done/jdk",
        "waitgroup-over-add",
        "waitgroup-over-add/jdk",
        "barrier-missing-party",
        "barrier-missing-party/jdk",
        "infinite-loop/jdk",
        "http-handler-detached-task",
        "http-handler-detached-task/jdk",
        "http-handler-writes-after-disconnect",
        "http-handler-writes-after-disconnect/jdk",
        "connection-pool-exhausted/jdk",
        "server-accepts-without-close/jdk",
        "piped-streams-alone/jdk",
        "future-never-completed",
        "future-never-completed/jdk",
        "dropped-completion-stage/jdk",
        "executor-never-shut-down/jdk",
        "task-waits-for-its-own-pool/jdk",
        "future-dropped-by-discard-policy/jdk",
        "shutdown-now-drops-future/jdk",
        "countdown-in-rejected-task/jdk",
        "completion-service-take-too-many/jdk",
        "maximum-pool-size-never-reached/jdk",
        "class-loader-kept-by-pool/jdk",
        "task-group",
        "task-group/jdk",
        "bounded-concurrency",
        "bounded-concurrency/jdk",
        "pipeline",
        "pipeline/jdk",
        "fan-out-fan-in",
        "fan-out-fan-in/jdk",
        "worker-pool",
        "swallowed-error",
        "swallowed-error/jdk",
        "context-not-propagated",
        "shared-loop-variable",
        "shared-loop-variable/jdk",
        "producer-never-closes",
        "producer-never-closes/jdk",
        "semaphore-outside-group",
        "thread-local-kept-by-pool/jdk",
    })
    public String scenario;

    @Param({"leaky", "fixed"})
    public String variant;

    @Param({"platform", "virtual"})
    public String threads;

    private Cycle cycle;

    @Setup
    public void find() {
        TimedLives.refuse(scenario);
        cycle = new Cycle(Cells.of(scenario, variant, threads));
    }

    @Benchmark
    public int life() throws Exception {
        return cycle.run();
    }
}
