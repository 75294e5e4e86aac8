package org.leaklab.bench.overhead;

import java.util.concurrent.atomic.AtomicBoolean;
import org.leaklab.core.Launcher.Task;

/**
 * Batches of {@value #SIZE} operations. To begin a batch and to end it costs something too: a thread is woken there and
 * back. That is the harness's share. {@link #runEmpty} runs the same loop with an operation that does nothing, or no
 * more than what the end of a batch waits for, so that the share can be measured and subtracted.
 *
 * <p>Used by one thread at a time.
 */
public final class Batches implements AutoCloseable {

    /** How many operations a batch has: so many that its begin and its end are less than a tenth of it. */
    public static final int SIZE = 5_000;

    /** What an empty batch does where its end waits for the loop alone. */
    static final Step NOTHING = i -> {};

    private final Around around;
    private final Step operation;
    private final Step empty;
    private final Ending ending;

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

    /** Ends the threads of an operation. */
    @FunctionalInterface
    interface Ending {
        void end() throws InterruptedException;
    }

    /**
     * Batches of an operation.
     *
     * @param empty what is done in its place in an empty batch
     * @param ending ends what was started for all batches
     */
    Batches(Around around, Step operation, Step empty, Ending ending) {
        this.around = around;
        this.operation = operation;
        this.empty = empty;
        this.ending = ending;
    }

    /**
     * Does {@value #SIZE} operations; blocks until they are done.
     *
     * @throws IllegalStateException if the batch comes to its end before all operations are done
     */
    public void run() throws Exception {
        run(operation);
    }

    /** The same without the operation. */
    public void runEmpty() throws Exception {
        run(empty);
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

    /**
     * Ends the threads that were started to do the operations; blocks until they have ended. Where it is not called
     * they live until the threads of the operation are released.
     *
     * @throws IllegalStateException if they do not end
     */
    @Override
    public void close() throws InterruptedException {
        ending.end();
    }
}
