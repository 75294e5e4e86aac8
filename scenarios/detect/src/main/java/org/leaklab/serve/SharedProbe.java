package org.leaklab.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.leaklab.detect.Finding;

/**
 * Runs probes for all who ask, and keeps the last result.
 *
 * <p>Who asks while a probe is under way shares its result. Otherwise the result of the last probe is good for the
 * interval, unless a new one is wanted. A probe that failed or was not sound counts too: it has collected garbage.
 *
 * <p>Invariant: at most one probe is under way, {@code running}, which the thread that made it runs. The lock is never
 * held while a probe runs. Safe for use by several threads.
 */
final class SharedProbe {

    /** Runs one probe, as {@code Reachability.probe} does. */
    @FunctionalInterface
    interface Source {
        Finding probe() throws InterruptedException;
    }

    /**
     * What a probe came to.
     *
     * @param finding what it found, or null if it failed
     * @param failure why it failed, one sentence; null if it did not
     * @param at when it ended
     * @param ended the same by {@link System#nanoTime()}
     */
    record Result(@Nullable Finding finding, @Nullable String failure, Instant at, long ended) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - ended);
        }
    }

    private final Source source;
    private final Duration interval;

    // guarded by this
    private @Nullable FutureTask<Result> running;
    private @Nullable Result last;

    SharedProbe(Source source, Duration interval) {
        this.source = source;
        this.interval = interval;
    }

    Duration interval() {
        return interval;
    }

    /** Returns the last result, however old; null before the first. Does not block. */
    synchronized @Nullable Result last() {
        return last;
    }

    /**
     * Returns a result that is at most as old as the interval. Waits for a probe if there is none.
     *
     * @param fresh whether it must be of a probe that is under way or begins now
     * @throws InterruptedException if the current thread, or the one that runs the probe, is interrupted
     */
    Result get(boolean fresh) throws InterruptedException {
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
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("the probe was interrupted");
            }
            throw new IllegalStateException("the probe failed: ask again", e.getCause());
        }
    }

    private Result probe() throws InterruptedException {
        Result result = null;
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
            } catch (Error e) { // out of memory, say: it has collected all the same
                failure = "the probe failed: " + e.getClass().getName();
            }
            result = new Result(finding, failure, Instant.now(), System.nanoTime());
            return result;
        } finally {
            synchronized (this) {
                running = null;
                if (result != null) {
                    last = result;
                }
            }
        }
    }
}
