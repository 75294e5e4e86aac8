package org.leaklab.exercise.trial;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * How long a thread that is woken waits for a processor. A thread of its own is woken at each look and notes when it
 * runs.
 *
 * <p>Invariant: the thread sets {@code ranAt} only in answer to the wake whose time is in {@code wokenAt}; the one who
 * looks writes {@code wokenAt} and clears {@code ranAt} only after the answer. Both are volatile, so the answer is seen
 * after the wake that it belongs to.
 */
final class Lag implements AutoCloseable {

    private static final long NOT_YET = Long.MIN_VALUE;

    private final LongSupplier nanos;
    private final Thread thread;
    private volatile long wokenAt;
    private volatile long ranAt;
    private volatile boolean isAsked;

    private Lag(LongSupplier nanos) {
        this.nanos = nanos;
        this.thread = Thread.ofPlatform().daemon().name("lag").unstarted(this::answer);
    }

    /** Begins to look; {@link #close} ends the thread. */
    static Lag begin(LongSupplier nanos) {
        Lag lag = new Lag(nanos);
        lag.thread.start();
        lag.ask();
        return lag;
    }

    private void answer() {
        while (!Thread.currentThread().isInterrupted()) {
            if (isAsked) {
                isAsked = false;
                ranAt = nanos.getAsLong();
            }
            LockSupport.park(this);
        }
    }

    private void ask() {
        ranAt = NOT_YET;
        wokenAt = nanos.getAsLong();
        isAsked = true;
        LockSupport.unpark(thread);
    }

    /** How long the thread took to run, in nanoseconds, or has taken so far; it is woken again if it has run. */
    long look() {
        long ran = ranAt;
        if (ran == NOT_YET) {
            return nanos.getAsLong() - wokenAt;
        }
        long lag = ran - wokenAt;
        ask();
        return lag;
    }

    /** Whether the thread has run since it was woken. */
    boolean hasAnswered() {
        return ranAt != NOT_YET;
    }

    /** Waits until the thread has ended, after {@link #close}. */
    void join() throws InterruptedException {
        thread.join();
    }

    /** Ends the thread, and does not wait for that. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
