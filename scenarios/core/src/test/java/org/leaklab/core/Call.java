package org.leaklab.core;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.leaklab.testing.Eventually;

/** Something that runs on a thread of its own, and how it ended. */
public final class Call<T> {

    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final Launched launched;

    Call(Launcher threads, String name, Callable<T> body) {
        this.launched = threads.start(name, () -> {
            try {
                outcome.complete(body.call());
            } catch (Throwable t) { // kept for the test to look at
                outcome.completeExceptionally(t);
            }
        });
    }

    /** What it returned; waits for its end. */
    public T value() {
        await();
        try {
            return outcome.join();
        } catch (CompletionException e) {
            throw new AssertionError("the call failed", e.getCause());
        }
    }

    /** What it threw, or null; waits for its end. */
    public Throwable failure() {
        await();
        return outcome.handle((value, thrown) -> thrown).join();
    }

    public boolean isOver() {
        return outcome.isDone();
    }

    public Thread thread() {
        return launched.thread();
    }

    public void interrupt() {
        launched.thread().interrupt();
    }

    private void await() {
        try {
            outcome.handle((value, thrown) -> true).get(Eventually.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            AssertionError stuck = new AssertionError("\"" + launched.name() + "\" does not end");
            stuck.setStackTrace(launched.thread().getStackTrace());
            throw stuck;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
