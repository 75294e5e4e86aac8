package org.leaklab.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.leaklab.detect.Finding;
import org.leaklab.live.ProbeRefusedException;

/**
 * Runs probes for all who ask, and keeps the last result. A {@link ProfileServer}, metrics and other pages of one
 * program can share it: {@code new SharedProbe(detector::probe, interval)}.
 *
 * <p>Threads that ask while a probe is under way share its result. If the thread that runs it is interrupted, one of
 * the others runs a new one. Otherwise the result of the last probe is good for the interval, unless a new one is
 * wanted. A probe that failed or was not sound counts too: it has collected garbage. Only a probe that found another
 * one at work does not: it has collected nothing, and those who asked for it get its failure, but it is not kept as the
 * last one.
 *
 * <p>Invariant: at most one probe is under way, {@code running}, which the thread that made it runs. The lock is never
 * held while a probe runs. Safe for use by several threads.
 */
public final class SharedProbe {

    /** Runs one probe, as {@link org.leaklab.detect.Reachability#probe} does. */
    @FunctionalInterface
    public interface Source {
        /**
         * Runs one probe.
         *
         * @throws IllegalStateException if the probe cannot run; the message is one sentence that says why
         * @throws InterruptedException if the current thread is interrupted
         */
        Finding probe() throws InterruptedException;
    }

    /**
     * What a probe came to.
     *
     * @param finding what it found, or null if it failed
     * @param failure why it failed, or why its finding proves nothing, one sentence; null if it did not fail
     * @param at when it ended
     * @param ended the same by {@link System#nanoTime()}
     */
    public record Result(
            @Nullable Finding finding, @Nullable String failure, Instant at, long ended) {

        /** Returns the time since the probe ended. */
        public Duration age() {
            return Duration.ofNanos(System.nanoTime() - ended);
        }
    }

    private final Source source;
    private final Duration interval;

    // guarded by this
    private @Nullable FutureTask<Result> running;
    private @Nullable Result last;

    /**
     * Creates one that has run no probe yet.
     *
     * @param source runs a probe; the thread that asks for it calls this, and holds no lock meanwhile
     * @param interval how long the result of a probe is good
     * @throws IllegalArgumentException if the interval is negative
     */
    public SharedProbe(Source source, Duration interval) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("the interval of probes must not be negative, but is " + interval);
        }
        this.source = source;
        this.interval = interval;
    }

    /** Returns how long the result of a probe is good. */
    public Duration interval() {
        return interval;
    }

    /** Returns the last result, however old; null before the first. Does not block. */
    public synchronized @Nullable Result last() {
        return last;
    }

    /**
     * Returns a result that is at most as old as the interval. Runs a probe, or waits for the one that is under way, if
     * there is none.
     *
     * @throws IllegalStateException if the probe threw what no probe should throw
     * @throws InterruptedException if the current thread is interrupted
     */
    public Result get() throws InterruptedException {
        return get(false);
    }

    /**
     * Returns a result that is at most as old as the interval. Waits for a probe if there is none.
     *
     * @param fresh whether it must be of a probe that is under way or begins now
     * @throws InterruptedException if the current thread is interrupted
     */
    Result get(boolean fresh) throws InterruptedException {
        while (true) {
            FutureTask<Result> probe;
            boolean own = false;
            synchronized (this) {
                if (running == null) {
                    if (!fresh && last != null && last.age().compareTo(interval) < 0) {
                        return last;
                    }
                    running = new FutureTask<>(this::probe);
                    own = true;
                }
                probe = running;
            }
            if (own) {
                probe.run();
            }
            try {
                return probe.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof InterruptedException)) {
                    throw new IllegalStateException("the probe failed: ask again", e.getCause());
                }
                if (own) { // else the interrupt was meant for another thread, and this one asks again
                    throw new InterruptedException("the probe was interrupted");
                }
            }
        }
    }

    private Result probe() throws InterruptedException {
        Result result = null;
        boolean busy = false;
        try {
            Finding finding = null;
            String failure = null;
            try {
                finding = source.probe();
                if (!finding.sound()) {
                    failure = String.join("; ", finding.notes());
                }
            } catch (IllegalStateException e) {
                failure = String.valueOf(e.getMessage());
                busy = e.getCause() instanceof ProbeRefusedException refusal && refusal.isBusy();
            } catch (Error e) { // out of memory, say: it has collected all the same
                failure = "the probe failed: " + e.getClass().getName();
            }
            result = new Result(finding, failure, Instant.now(), System.nanoTime());
            return result;
        } finally {
            synchronized (this) {
                running = null;
                if (result != null && !busy) {
                    last = result;
                }
            }
        }
    }
}
