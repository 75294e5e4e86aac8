package org.leaklab.lab;

import java.time.Duration;
import java.util.List;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * The whole life of a cell in one call, for benchmarks: run the form, wait until only the expected threads are left,
 * end them, and wait for their end. A cycle leaves nothing behind for the next one. It does not look where the threads
 * are stuck.
 */
public final class Cycle {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Cell cell;
    private final int expected;

    /** A cycle for this cell. It runs in this JVM, even if the scenario asks for a JVM of its own. */
    public Cycle(Cell cell) {
        this.cell = cell;
        this.expected = cell.expectedStuck(Runtime.version().feature());
    }

    /**
     * Runs the cycle once, on the calling thread. Waits at most 20 s for the expected threads, and at most 20 s for
     * their end.
     *
     * @return how many threads were left and then ended
     * @throws IllegalStateException if the number of threads that were left is not the expected one, or if a thread did
     *     not end
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
            awaitExpected(threads.launcher());
        }
        return expected;
    }

    /**
     * Waits until the number of live threads is the expected one. Some threads may still have to end, and others may
     * still have to start.
     */
    private void awaitExpected(Launcher threads) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int live; (live = threads.liveCount()) != expected; ) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(cell + ": " + live + " threads left, expected " + expected);
            }
            if (live < expected) {
                Thread.yield();
            } else {
                threads.awaitLive(expected, PATIENCE);
            }
        }
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
