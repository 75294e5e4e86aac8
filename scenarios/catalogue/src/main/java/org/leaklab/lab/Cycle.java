package org.leaklab.lab;

import java.time.Duration;
import java.util.List;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * The whole life of a cell in one call, for benchmarks: run the form, wait until the expected threads are stuck and no
 * others are left, end them, and wait for their end. A cycle leaves nothing behind for the next one.
 *
 * <p>A life ends its threads only after it has seen them stuck. In the first life and then in every
 * {@value #THOROUGH}th the look takes their stacks, and finds each thread at a place that the scenario's class names.
 * In the lives between, the look takes the state and the blocker of each thread, and compares the class of the blocker
 * with those that the thorough look has found. The benchmark {@code StuckLook} measures both looks. Of one virtual
 * thread, on two processors that had other work to do, the cheap one took 0.5 to 0.6 us in the committed results. The
 * look is part of the measured time. If threads compute or wait for a socket, their state says nothing, so every life
 * takes their stacks; so does a life that is not stuck after 10 ms.
 *
 * <p>A platform thread that was woken stays WAITING until the operating system lets it run. So platform threads get a
 * second look after a yield: each must still wait for the same object. That costs about as much again, and some
 * microseconds for each thread that waits with {@code Object.wait} or for a monitor. A latch that is open, a lock that
 * is free and a line of the core that the thread has left show at once. What remains: a thread that was woken from
 * something else of the same class, such as a condition, a future or a barrier, and does not run during the yield; it
 * is then ended before it is at its place.
 *
 * <p>Not safe for use by several threads.
 */
public final class Cycle {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(10);

    /** Each how many lives the place is checked by stack. */
    private static final int THOROUGH = 100;

    private final Cell cell;
    private final int expected;
    private final Duration patience;
    private final Look look;
    private int lives;

    /** A cycle for this cell. It runs in this JVM, even if the scenario asks for a JVM of its own. */
    public Cycle(Cell cell) {
        this(cell, PATIENCE);
    }

    Cycle(Cell cell, Duration patience) {
        this.cell = cell;
        this.patience = patience;
        this.expected = cell.expectedStuck(Runtime.version().feature());
        this.look = new Look(cell.scenario().leak());
    }

    /**
     * Runs the cycle once, on the calling thread. Waits at most 20 s until the expected threads are stuck, and at most
     * 20 s for their end.
     *
     * @return how many threads were left and then ended
     * @throws IllegalStateException if the expected number of threads is not stuck in time, if others are left, if a
     *     thread does not end, or if a resource does not close
     * @throws InterruptedException if the current thread is interrupted
     * @throws Exception if the scenario throws it, except a wrong answer that is expected
     */
    public int run() throws Exception {
        Threads threads = Threads.of(cell.kind());
        threads.onFailure((launched, failure) -> {}); // the tests look at failures, a benchmark repeats them
        try (AutoCloseable freed = () -> free(threads)) {
            for (int i = 0; i < cell.count(); i++) {
                body(threads);
            }
            awaitStuck(threads.launcher());
        }
        lives++;
        return expected;
    }

    /** Waits until the expected threads are stuck. Some threads may still have to end, and others to start. */
    private void awaitStuck(Launcher threads) throws InterruptedException {
        long began = System.nanoTime();
        boolean thorough = lives % THOROUGH == 0;
        while (!isStuck(threads, thorough)) {
            long took = System.nanoTime() - began;
            thorough |= took > LOOK.toNanos(); // perhaps this life waits for something of another class
            if (took > patience.toNanos()) {
                throw new IllegalStateException(cell + ": expected "
                        + (expected == 0 ? "no threads" : expected + " threads stuck at " + places())
                        + ", but left are "
                        + threads.live().stream()
                                .map(launched -> Surroundings.describe(launched.thread()))
                                .toList());
            }
            if (threads.liveCount() > expected) {
                boolean ignored = threads.awaitLive(expected, LOOK);
            } else {
                Thread.yield();
            }
        }
    }

    private String places() {
        return String.join(" or ", cell.scenario().leak().at());
    }

    private boolean isStuck(Launcher threads, boolean thorough) {
        return threads.liveCount() == expected
                && (expected == 0
                        || ((thorough ? look.atPlaces(threads, expected) : look.isStuck(threads, expected))
                                && look.staysStuck(threads, expected)));
    }

    private void free(Threads threads) throws InterruptedException {
        List<Launched> left = threads.release(PATIENCE);
        if (!left.isEmpty()) {
            throw new IllegalStateException(cell + ": threads that cannot be freed: " + left);
        }
    }

    private void body(Threads threads) throws Exception {
        try {
            cell.variant().run(cell.scenario(), threads);
        } catch (WrongAnswer wrong) {
            if (!cell.expectsWrongAnswer()) {
                throw wrong;
            }
        }
    }
}
