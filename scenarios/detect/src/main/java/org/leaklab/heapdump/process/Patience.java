package org.leaklab.heapdump.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How long another JVM may take to answer. A JVM that hangs answers never. */
public final class Patience {

    /** An answer to anything but a heap dump takes some seconds at most, with 100,000 threads as well. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private Patience() {}

    /** What is said of a JVM that does not answer. */
    static IOException lost(long pid, Duration limit) {
        return new IOException("process " + pid + " has not answered for " + limit.toSeconds()
                + " s: it hangs, or it is stopped or starved; try again later, or take a core dump");
    }

    /**
     * Asks in a thread of its own, and waits for the answer. A thread that gets none is left behind.
     *
     * @param pid the process that is asked
     * @throws IOException if there is no answer in time, or the asking throws one
     */
    public static <T> T wait(long pid, Duration limit, Callable<T> asking) throws IOException {
        FutureTask<T> answer = new FutureTask<>(asking);
        Thread.ofPlatform().daemon().name("leaklab-asks-" + pid).start(answer);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw lost(pid, limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while process " + pid + " was asked", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException refused -> throw refused;
                default -> throw new IOException("process " + pid + " cannot be asked", e.getCause());
            }
        }
    }
}
