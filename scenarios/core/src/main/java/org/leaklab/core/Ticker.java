package org.leaklab.core;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.core.wait.Nanos;

/**
 * Ticks at a fixed rate, on a thread of its own, until it is stopped.
 *
 * <p>Stop each ticker. Its thread ends only when the ticker is stopped or the thread is interrupted, as
 * {@link Launcher#shutdownNow} does. If the receiver is late, ticks are dropped; at most one waits in the channel.
 */
public final class Ticker implements AutoCloseable {

    private final Channel<Instant> ticks = Channel.buffered(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Launched thread;

    // guarded by the lock, which a tick holds too: so none comes after the stop
    private boolean stopped;

    private Ticker(Launcher threads, Duration period) {
        long nanos = Nanos.of(period);
        this.thread = threads.start("ticker", () -> tick(nanos));
    }

    /**
     * Starts a ticker. The first tick comes after one period.
     *
     * @throws IllegalArgumentException if the period is not positive
     * @throws Launcher.ThreadLimitException if the launcher cannot start another thread
     * @throws IllegalStateException if the launcher is shut down
     */
    public static Ticker every(Launcher threads, Duration period) {
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("a ticker's period is positive, not " + period);
        }
        return new Ticker(threads, period);
    }

    private void tick(long period) throws InterruptedException {
        long next = System.nanoTime();
        while (!Thread.interrupted()) { // a ticker that is always late never sleeps
            next += period;
            long late = System.nanoTime() - next;
            if (late > 0) {
                next += late - late % period; // keep the rhythm, drop the ticks that were missed
            } else {
                Thread.sleep(Duration.ofNanos(-late));
            }
            if (!sendTick()) {
                return;
            }
        }
    }

    /** Sends a tick, if there is room for it; false if the ticker is stopped. */
    private boolean sendTick() {
        lock.lock();
        try {
            if (stopped) {
                return false;
            }
            boolean ignored = ticks.trySend(Instant.now());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The channel of the ticks. It holds at most one. Each tick is the time at which it was sent. {@link #stop()} does
     * not close the channel, as in Go: after the stop, a receive without a time limit waits without end.
     */
    public ReceiveChannel<Instant> ticks() {
        return ticks;
    }

    /**
     * Stops the ticker: interrupts its thread. Does not wait for the thread's end. After it has returned, no tick
     * comes: one that is still in the channel is taken out, as in Go.
     */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            Received<Instant> ignored = ticks.tryReceive();
        } finally {
            lock.unlock();
        }
        thread.thread().interrupt();
    }

    /** {@linkplain #stop() Stops} the ticker. */
    @Override
    public void close() {
        stop();
    }
}
