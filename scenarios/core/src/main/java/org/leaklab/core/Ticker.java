package org.leaklab.core;

import java.time.Duration;
import java.time.Instant;
import org.leaklab.core.wait.Nanos;

/**
 * Ticks at a fixed rate, on a thread of its own, until it is stopped.
 *
 * <p>It must be stopped: nothing else ends its thread. A receiver that is late misses ticks; they do not pile up.
 */
public final class Ticker implements AutoCloseable {

    private final Channel<Instant> ticks = Channel.buffered(1);
    private final Launched thread;

    private Ticker(Launcher threads, Duration period) {
        this.thread = threads.start("ticker", () -> tick(Nanos.of(period)));
    }

    /**
     * Starts a ticker; the first tick comes after one period.
     *
     * @throws IllegalArgumentException if the period is not positive
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
            boolean ignored = ticks.trySend(Instant.now());
        }
    }

    /** Where the ticks come; holds one at most. It is not closed by {@link #stop()}, as in Go. */
    public ReceiveChannel<Instant> ticks() {
        return ticks;
    }

    /** Stops the ticker: interrupts its thread. No tick comes afterwards but one that may be in the channel. */
    public void stop() {
        thread.thread().interrupt();
    }

    @Override
    public void close() {
        stop();
    }
}
