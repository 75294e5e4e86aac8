package org.leaklab.lab;

import java.time.Duration;
import java.util.ArrayList;
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
 * Shows a leak over time. First the leaky form is run several times. Then nothing is run, and the stuck threads stay.
 * Then the lab ends the stuck threads. Last, the fixed form is run as many times.
 */
public final class Watch {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int RUNS = 12;

    /** Fewer, because each spinning thread takes a processor or a carrier. */
    private static final int RUNS_SPINNING = 3;

    private static final int LOOKS_AT_WHAT_IS_LEFT = 4;

    private final Scenario scenario;
    private final List<ThreadKind> kinds;
    private final Duration pace;

    /** What the watch does at the moment. */
    public enum Phase {
        /** The leaky form is run. */
        LEAKY,
        /** Nothing is run. */
        LEFT,
        /** The lab has ended the stuck threads. A program that has lost its threads cannot do that. */
        FREED,
        /** The fixed form is run. */
        FIXED;

        /** The word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The state at one moment.
     *
     * @param phase what the watch does
     * @param runs how many times the form of this phase has been run; 0 in the phases without a form
     * @param counts what is seen of each kind of thread
     */
    public record Look(Phase phase, int runs, List<Count> counts) {

        /** Copies the list. */
        public Look {
            counts = List.copyOf(counts);
        }
    }

    /**
     * What is seen of one kind of thread.
     *
     * @param alive how many threads of the scenario have not ended
     * @param stuck how many of them are at a place that the scenario's class names
     */
    public record Count(ThreadKind kind, int alive, int stuck) {}

    /**
     * A watch on one scenario.
     *
     * @param kinds on which kinds of thread it is run, at the same time
     * @param pace time from one run to the next
     * @throws IllegalArgumentException if the scenario needs a JVM of its own or leaves no thread stuck
     */
    public Watch(Scenario scenario, List<ThreadKind> kinds, Duration pace) {
        Leak leak = scenario.leak();
        if (Cell.needsOwnJvm(leak)) {
            throw new IllegalArgumentException(
                    leak.id() + " runs in a JVM of its own, so this JVM cannot watch its threads");
        }
        if (leak.stuck() == 0) {
            throw new IllegalArgumentException(leak.id() + " leaves no thread stuck, so there is nothing to watch");
        }
        this.scenario = scenario;
        this.kinds = List.copyOf(kinds);
        this.pace = pace;
    }

    /**
     * How many times each form is run: {@value #RUNS} times, or {@value #RUNS_SPINNING} times if the stuck threads
     * spin.
     */
    public int runs() {
        return scenario.leak().waits() == Waits.SPINNING ? RUNS_SPINNING : RUNS;
    }

    /**
     * Runs all phases on the calling thread, and gives the eye a look after every step. When this method returns or
     * throws, all threads of the scenario have ended, unless it throws {@link IllegalStateException}.
     *
     * @param eye gets each look, on the calling thread
     * @throws IllegalStateException if a thread does not end
     * @throws InterruptedException if the current thread is interrupted
     * @throws Exception if the scenario throws it, except a wrong answer of the leaky form
     */
    public void run(Consumer<Look> eye) throws Exception {
        List<Threads> leaky = threads();
        try (AutoCloseable freed = () -> free(leaky)) {
            repeat(Variant.LEAKY, Phase.LEAKY, leaky, eye);
            for (int i = 0; i < LOOKS_AT_WHAT_IS_LEFT; i++) {
                eye.accept(look(Phase.LEFT, 0, leaky));
                Thread.sleep(pace);
            }
        }
        eye.accept(look(Phase.FREED, 0, leaky));
        List<Threads> fixed = threads();
        try (AutoCloseable freed = () -> free(fixed)) {
            repeat(Variant.FIXED, Phase.FIXED, fixed, eye);
            for (Threads each : fixed) {
                each.launcher().awaitLive(0, PATIENCE); // those of the last run may still be on their way
            }
            eye.accept(look(Phase.FIXED, runs(), fixed));
        }
    }

    private List<Threads> threads() {
        List<Threads> all = kinds.stream().map(Threads::of).toList();
        all.forEach(threads -> threads.onFailure((launched, failure) -> {})); // it is looked at, not judged
        return all;
    }

    private void repeat(Variant variant, Phase phase, List<Threads> all, Consumer<Look> eye) throws Exception {
        for (int run = 1; run <= runs(); run++) {
            for (Threads threads : all) {
                run(variant, threads);
            }
            Thread.sleep(pace);
            eye.accept(look(phase, run, all));
        }
    }

    private void run(Variant variant, Threads threads) throws Exception {
        try {
            variant.run(scenario, threads);
        } catch (WrongAnswer wrong) {
            if (variant == Variant.FIXED) {
                throw wrong;
            }
        }
    }

    private Look look(Phase phase, int runs, List<Threads> all) {
        List<Count> counts = new ArrayList<>();
        for (Threads threads : all) {
            Picture picture = Picture.take(threads.launcher(), scenario.leak());
            counts.add(new Count(
                    threads.launcher().kind(),
                    picture.live().size(),
                    picture.stuck().size()));
        }
        return new Look(phase, runs, counts);
    }

    /** Frees all, also where one cannot be freed. */
    private void free(List<Threads> all) throws InterruptedException {
        if (all.isEmpty()) {
            return;
        }
        try {
            free(all.getFirst());
        } finally {
            free(all.subList(1, all.size()));
        }
    }

    private void free(Threads threads) throws InterruptedException {
        List<Launched> left = threads.release(PATIENCE);
        if (!left.isEmpty()) {
            throw new IllegalStateException(scenario.leak().id() + ": threads that cannot be ended: " + left);
        }
    }
}
