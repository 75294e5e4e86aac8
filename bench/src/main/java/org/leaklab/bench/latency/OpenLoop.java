package org.leaklab.bench.latency;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests at a fixed rate, however long the answers take, and records how long each one took from the moment at
 * which it was to be sent.
 *
 * <p>The moments follow from the first one and the rate alone. Hence a service that stands still for a while is charged
 * for every request that came due meanwhile, as its users would charge it; a loop that waits for an answer before it
 * asks again would record one slow request and leave the others out (coordinated omission). Should the loop itself come
 * late, then that too is in what it records.
 *
 * <p>Latencies are in microseconds to three digits. One without a good answer is recorded with the time until it was
 * given up, and counted as a failure besides.
 */
final class OpenLoop implements AutoCloseable {

    /** Latencies beyond a minute are recorded as a minute. */
    static final long HIGHEST_MICROS = 60_000_000;

    private static final int DIGITS = 3;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long SPIN_NANOS = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Connections connections;
    private final int rate;
    private final int requests;
    private final Recorder latencies = new Recorder(HIGHEST_MICROS, DIGITS);
    private final Histogram late = histogram(); // the sender's
    private final AtomicInteger failures = new AtomicInteger();
    private final CountDownLatch underWay;
    private final Thread sender;
    private volatile boolean stopped;

    private OpenLoop(Connections connections, int rate, int requests) {
        this.connections = connections;
        this.rate = rate;
        this.requests = requests;
        this.underWay = new CountDownLatch(requests);
        this.sender = Thread.ofPlatform().name("sender").daemon().unstarted(this::send);
    }

    /**
     * Begins to send.
     *
     * @param connections on which nothing else is sent meanwhile
     * @param rate requests a second
     * @param requests how many in all
     */
    static OpenLoop start(Connections connections, int rate, int requests) {
        OpenLoop loop = new OpenLoop(connections, rate, requests);
        loop.sender.start();
        return loop;
    }

    /** An empty histogram that takes what is recorded. */
    static Histogram histogram() {
        return new Histogram(HIGHEST_MICROS, DIGITS);
    }

    private void send() {
        long began = System.nanoTime();
        for (long i = 0; i < requests; i++) {
            long due = began + i * NANOS_PER_SECOND / rate;
            if (!awaitTime(due)) {
                return;
            }
            late.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due), HIGHEST_MICROS));
            connections.send((answered, at) -> ended(due, answered, at));
        }
    }

    /** Waits until it is time, spinning in the end, because the system wakes so much late; false when stopped. */
    private boolean awaitTime(long due) {
        for (long left; !stopped && (left = due - System.nanoTime()) > 0; ) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
        return !stopped;
    }

    private void ended(long due, boolean answered, long at) {
        latencies.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(at - due), HIGHEST_MICROS));
        if (!answered) {
            failures.incrementAndGet();
        }
        underWay.countDown();
    }

    /**
     * Waits until all requests have been sent and have ended.
     *
     * @return whether that came about in time
     * @throws InterruptedException if the waiting thread is interrupted
     */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return underWay.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * What has been recorded since the last call.
     *
     * @param used an earlier answer that is not needed any more, to be filled again
     */
    Histogram latencies(@Nullable Histogram used) {
        return latencies.getIntervalHistogram(used);
    }

    /** How many requests have ended without a good answer. */
    int failures() {
        return failures.get();
    }

    /** Microseconds by which 99 % of the requests were sent late at most. Only when all have ended. */
    long late() {
        return late.getValueAtPercentile(99);
    }

    /**
     * Sends no more.
     *
     * @throws IllegalStateException if the sender does not end
     * @throws InterruptedException if the closing thread is interrupted
     */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(sender);
        if (!sender.join(PATIENCE)) {
            throw new IllegalStateException("the sender of requests does not end");
        }
    }
}
