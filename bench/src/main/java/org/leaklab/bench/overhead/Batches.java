package org.leaklab.bench.overhead;

import java.util.concurrent.atomic.AtomicBoolean;
import org.leaklab.core.Launcher.Task;

/**
 * Batches of {@value #SIZE} operations. To begin a batch and to end it costs something too: a thread is woken there and
 * back. That is the harness's share. {@link #runEmpty} runs the same loop with an operation that does nothing, so that
 * the share can be measured and subtracted.
 *
 * <p>Used by one thread at a time.
 */
public final class Batches {

    /** How many operations a batch has: so many that its begin and its end are less than a tenth of it. */
    public static final int SIZE = 5_000;

    private static final Step NOTHING = i -> {};

    private final Around around;
    private final Step operation;

    /** Runs a loop on the thread that is to do the operations, and returns when all that they started is over. */
    @FunctionalInterface
    interface Around {
        void call(Task loop) throws Exception;
    }

    /** An operation; {@code i} is its number in the batch. */
    @FunctionalInterface
    interface Step {
        void run(int i) throws Exception;
    }

    Batches(Around around, Step operation) {
        this.around = around;
        this.operation = operation;
    }

    /**
     * Does {@value #SIZE} operations; blocks until they are done.
     *
     * @throws IllegalStateException if the batch comes to its end before all operations are done
     */
    public void run() throws Exception {
        run(operation);
    }

    /** The same with an operation that does nothing. */
    public void runEmpty() throws Exception {
        run(NOTHING);
    }

    private void run(Step step) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        around.call(() -> {
            for (int i = 0; i < SIZE; i++) {
                step.run(i);
            }
            done.set(true);
        });
        if (!done.get()) {
            throw new IllegalStateException("a batch has ended before its " + SIZE + " operations were done");
        }
    }
}
