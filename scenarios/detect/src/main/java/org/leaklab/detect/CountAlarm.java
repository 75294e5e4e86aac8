package org.leaklab.detect;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Samples a count of threads once a window and tells a listener when it is over a threshold, and when it has grown over
 * so many windows in a row.
 *
 * <p>One daemon thread, which {@link #close()} ends. The threshold's alarm goes off once each time the count comes over
 * it; the growth's each window that it lasts. The listener runs on the sampling thread; what it throws is dropped.
 */
public final class CountAlarm implements AutoCloseable {

    private final ThreadSource source;
    private final Duration window;
    private final int threshold;
    private final GrowthAlarm growth;
    private final Consumer<String> listener;
    private final Thread sampler;
    private volatile boolean closed;
    private volatile @Nullable ThreadCount last;

    private CountAlarm(ThreadSource source, Duration window, int threshold, int windows, Consumer<String> listener) {
        if (window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException("a window takes some time, not " + window);
        }
        this.source = source;
        this.window = window;
        this.threshold = threshold;
        this.growth = new GrowthAlarm(windows);
        this.listener = listener;
        this.sampler = Thread.ofPlatform().name("leaklab count alarm").daemon().unstarted(this::sample);
    }

    /**
     * Starts sampling.
     *
     * @param window time between two samples
     * @param threshold the most threads that are all right
     * @param windows over how many windows in a row the count has to grow
     */
    public static CountAlarm start(
            ThreadSource source, Duration window, int threshold, int windows, Consumer<String> listener) {
        CountAlarm alarm = new CountAlarm(source, window, threshold, windows, listener);
        alarm.sampler.start();
        return alarm;
    }

    /** The last sample, or null before the first. */
    public @Nullable ThreadCount last() {
        return last;
    }

    private void sample() {
        boolean over = false;
        while (!closed) {
            ThreadCount count = ThreadCount.of(source);
            last = count;
            if (count.all() > threshold && !over) {
                tell("more threads than " + threshold + ": " + count);
            }
            over = count.all() > threshold;
            Optional<String> grown = growth.sample(count.all());
            grown.ifPresent(this::tell);
            LockSupport.parkNanos(this, window.toNanos());
        }
    }

    private void tell(String alarm) {
        try {
            listener.accept(alarm);
        } catch (RuntimeException e) { // dropped: the next sample is worth more
            System.getLogger(CountAlarm.class.getName()).log(System.Logger.Level.DEBUG, "listener failed", e);
        }
    }

    /** Ends the sampling, and waits for its thread to end. An interrupt ends that wait; the flag is set again. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(sampler);
        try {
            sampler.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
