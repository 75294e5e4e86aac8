package org.leaklab.lab;

import java.time.Duration;
import java.util.List;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * The whole life of a cell in one call, without looking at it: run the body, wait until only the expected threads are
 * left, free them, wait for their end. What a benchmark repeats: nothing of one cycle is left for the next.
 */
public final class Cycle {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Cell cell;
    private final int expected;

    /** The cycle of a cell. */
    public Cycle(Cell cell) {
        this.cell = cell;
        this.expected = cell.expectedStuck(Runtime.version().feature());
    }

    /**
     * Runs it once, on the calling thread.
     *
     * @return how many threads were left to be freed
     * @throws IllegalStateException if not as many threads as expected were left, or one could not be freed
     * @throws InterruptedException if interrupted
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

    /** Waits until as many threads live as expected: for others to end, or for threads that have yet to start some. */
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
