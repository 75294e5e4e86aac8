package org.leaklab.stress;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The third in a race: a virtual thread that most often waits already when the two actors come. */
public final class Third {

    private final Thread thread;
    private volatile int result = Attempt.STUCK;

    /** Starts the operation. */
    @SuppressWarnings("this-escape")
    public Third(Callable<@Nullable Integer> operation) {
        thread = Thread.ofVirtual().name("third").start(() -> result = Attempt.value(operation));
    }

    /** Interrupts it. */
    public void interrupt() {
        thread.interrupt();
    }

    /** Its end; {@link Attempt#STUCK} if it does not come. */
    public int result() {
        try {
            if (!thread.join(Attempt.PATIENCE)) {
                thread.interrupt();
                return Attempt.STUCK;
            }
            return result;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts an arbiter", e);
        }
    }
}
