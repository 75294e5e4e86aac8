package org.leaklab.soak;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.TaskGroup.TaskFailedException;

/** One thread that does one thing after another until it is told to stop. */
final class Worker {

    /** When a worker stops: in this order, so that each has somebody to deal with until its end. */
    enum Role {
        /** Does anything, in a random order, and is interrupted and cancelled meanwhile. */
        RESTLESS,
        /** Locks, acquires and waits without limit; only others' good work gets it on. */
        PATIENT,
        SENDER,
        RECEIVER
    }

    /** One thing to do. */
    @FunctionalInterface
    interface Step {
        void run(Worker worker) throws Exception;
    }

    /** What tasks fail with on purpose. */
    static final class Planned extends RuntimeException {
        Planned() {
            super("planned", null, false, false);
        }
    }

    /**
     * How many operations it does in one go. Virtual threads are not time-sliced: as many as there are carriers that
     * never park, or pairs that wake only each other, and no other one runs again, nor a platform thread that waits
     * behind it.
     */
    private static final int BREATH_EVERY = 100;

    final Role role;
    final Launcher threads;
    final SplittableRandom random;
    final Ledger ledger;
    private final String name;
    private final Step step;
    private final AtomicReference<Context> context = new AtomicReference<>(Context.background());

    private volatile boolean told;
    private volatile long operations;
    private @Nullable Launched launched;

    // for the watchdog alone
    private long seen;
    private long seenAt;

    Worker(Role role, String name, Launcher threads, SplittableRandom random, Ledger ledger, Step step) {
        this.role = role;
        this.name = name;
        this.threads = threads;
        this.random = random;
        this.ledger = ledger;
        this.step = step;
    }

    void start() {
        seenAt = System.nanoTime();
        launched = threads.start(name, this::work);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only this thread writes it
    private void work() throws Exception {
        while (!told) {
            if (operations % BREATH_EVERY == 0) {
                LockSupport.parkNanos(1);
            }
            try {
                step.run(this);
            } catch (InterruptedException | CancelledException | ClosedException e) {
                // then it has not happened; that is what a restless one lives with
                if (role != Role.RESTLESS && !told) {
                    throw e;
                }
            } catch (TaskFailedException e) {
                if (!(e.getCause() instanceof Planned)) {
                    throw e;
                }
            }
            operations++;
        }
    }

    void tellToStop() {
        told = true;
    }

    void interrupt() {
        launched.thread().interrupt();
    }

    Context context() {
        return context.get();
    }

    /** Cancels what it does now, and gives it another context for what it does next. */
    void renew(@Nullable Context next) {
        context.getAndSet(next == null ? Context.background() : next).close();
    }

    long operations() {
        return operations;
    }

    /** What ended it before its time, or null. */
    @Nullable
    Throwable failure() {
        return launched.failure();
    }

    boolean isLive() {
        return launched.isLive();
    }

    /** For how long it has not got on. */
    long idleNanos() {
        long now = System.nanoTime();
        if (operations != seen || !isLive()) {
            seen = operations;
            seenAt = now;
        }
        return now - seenAt;
    }

    String stack() {
        return stack(launched.thread()) + "\n    after " + operations + " operations";
    }

    static String stack(Thread thread) {
        StringBuilder stack = new StringBuilder(thread.toString());
        for (StackTraceElement frame : thread.getStackTrace()) {
            stack.append("\n    at ").append(frame);
        }
        return stack.toString();
    }
}
