package org.leaklab.lab;

import java.time.Duration;
import org.leaklab.core.Launcher;

/**
 * Many stuck threads of one leaky scenario, held until they are freed: what is measured beside, or by the piece.
 *
 * <p>Not safe for use by several threads.
 */
public final class Population implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Cell cell;
    private final Launcher threads;
    private final int perRun;

    /** An empty population of a cell that leaves at least one thread stuck in a wait. */
    public Population(Cell cell) {
        this.cell = cell;
        this.perRun = cell.expectedStuck(Runtime.version().feature());
        if (perRun == 0) {
            throw new IllegalArgumentException(cell + " leaves nothing stuck");
        }
        this.threads = Launcher.of(cell.kind());
    }

    /**
     * Runs the leaky body until the population has at least so many threads, and all of them stand still.
     *
     * @return how many there are
     */
    public int growTo(int size) throws Exception {
        int runs = 0;
        int before = threads.liveCount();
        while (before + runs * perRun < size) {
            cell.variant().run(cell.scenario(), threads);
            runs++;
        }
        int expected = before + runs * perRun;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!standsStill(expected)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(cell + ": " + threads.liveCount() + " threads alive, but not "
                        + expected + " that stand still");
            }
            Thread.sleep(10);
        }
        return expected;
    }

    /**
     * Looks at states only: asking a platform thread for its stack makes it touch, and so retain, more of that stack.
     */
    private boolean standsStill(int expected) {
        return threads.liveCount() == expected
                && threads.live().stream()
                        .allMatch(launched -> switch (launched.thread().getState()) {
                            case WAITING, TIMED_WAITING, BLOCKED -> true;
                            case NEW, RUNNABLE, TERMINATED -> false;
                        });
    }

    /** Frees all. */
    @Override
    public void close() throws InterruptedException {
        if (!threads.release(PATIENCE).isEmpty()) {
            throw new IllegalStateException(cell + ": " + threads.liveCount() + " threads cannot be freed");
        }
    }
}
