package org.leaklab.lab;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.leaklab.core.Launched;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;
import org.leaklab.scenario.WrongAnswer;

/**
 * A leak over time, to be looked at: the leaky form is run again and again, then nothing is run and all that is stuck
 * stays, then the lab frees it, and the fixed form is run as often.
 */
public final class Watch {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int RUNS = 12;

    /** Each takes a processor, or a carrier. */
    private static final int RUNS_SPINNING = 3;

    private static final int LOOKS_AT_WHAT_IS_LEFT = 4;

    private final Scenario scenario;
    private final ThreadKind kind;
    private final Duration pace;

    /** What is being done. */
    public enum Phase {
        /** The leaky form is run. */
        LEAKY,
        /** Nothing is run any more. */
        LEFT,
        /** The lab has ended what was stuck, which a program that has lost its threads cannot do. */
        FREED,
        /** The fixed form is run. */
        FIXED;

        /** The word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How it stands.
     *
     * @param runs how often the form of this phase has been run
     * @param alive threads that the scenario has started in this phase, or left before, and that have not ended
     * @param stuck those of them that stand still where its class says
     */
    public record Look(Phase phase, int runs, int alive, int stuck) {}

    /**
     * A watch on one kind of thread.
     *
     * @param pace time from one run to the next
     * @throws IllegalArgumentException if there is nothing to see of it in this JVM
     */
    public Watch(Scenario scenario, ThreadKind kind, Duration pace) {
        Leak leak = scenario.leak();
        if (leak.ownJvm().length > 0) {
            throw new IllegalArgumentException(
                    leak.id() + " runs in a JVM of its own, which nothing can watch from here");
        }
        if (leak.stuck() == 0) {
            throw new IllegalArgumentException(leak.id() + " leaves no thread stuck, so there is nothing to watch");
        }
        this.scenario = scenario;
        this.kind = kind;
        this.pace = pace;
    }

    /** How often each form is run. */
    public int runs() {
        return scenario.leak().waits() == Waits.SPINNING ? RUNS_SPINNING : RUNS;
    }

    /**
     * Runs it, on the calling thread, and says after every step how it stands. When it returns, or throws, no thread of
     * it is left.
     *
     * @throws IllegalStateException if threads cannot be ended
     * @throws InterruptedException if interrupted
     * @throws Exception what the scenario throws, other than a wrong answer that it announces
     */
    public void run(Consumer<Look> eye) throws Exception {
        Threads leaky = threads();
        try (AutoCloseable freed = () -> free(leaky)) {
            repeat(Variant.LEAKY, Phase.LEAKY, leaky, eye);
            for (int i = 0; i < LOOKS_AT_WHAT_IS_LEFT; i++) {
                eye.accept(look(Phase.LEFT, 0, leaky));
                Thread.sleep(pace);
            }
        }
        eye.accept(look(Phase.FREED, 0, leaky));
        Threads fixed = threads();
        try (AutoCloseable freed = () -> free(fixed)) {
            repeat(Variant.FIXED, Phase.FIXED, fixed, eye);
            fixed.launcher().awaitLive(0, PATIENCE); // those of the last run may still be on their way
            eye.accept(look(Phase.FIXED, runs(), fixed));
        }
    }

    private Threads threads() {
        Threads threads = Threads.of(kind);
        threads.onFailure((launched, failure) -> {}); // it is looked at, not judged
        return threads;
    }

    private void repeat(Variant variant, Phase phase, Threads threads, Consumer<Look> eye) throws Exception {
        for (int run = 1; run <= runs(); run++) {
            try {
                variant.run(scenario, threads);
            } catch (WrongAnswer wrong) {
                if (variant == Variant.FIXED) {
                    throw wrong;
                }
            }
            Thread.sleep(pace);
            eye.accept(look(phase, run, threads));
        }
    }

    private Look look(Phase phase, int runs, Threads threads) {
        Picture picture = Picture.take(threads.launcher(), scenario.leak());
        return new Look(phase, runs, picture.live().size(), picture.stuck().size());
    }

    private void free(Threads threads) throws InterruptedException {
        List<Launched> left = threads.release(PATIENCE);
        if (!left.isEmpty()) {
            throw new IllegalStateException(scenario.leak().id() + ": threads that cannot be ended: " + left);
        }
    }
}
