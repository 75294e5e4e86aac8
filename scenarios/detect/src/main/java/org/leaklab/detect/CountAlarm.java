package org.leaklab.detect;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the live threads once per window and gives a listener an alarm when they are too many or keep growing.
 *
 * <p>There are two alarms. The listener gets the first one when the count exceeds a threshold. It gets this alarm again
 * only after the count has been at or below the threshold. The second one is the alarm of {@link GrowthAlarm}. The
 * listener gets it after each window, as long as the growth lasts.
 *
 * <p>A daemon thread takes the samples and calls the listener; it takes no sample while the listener runs. If the
 * listener throws a {@link RuntimeException}, this thread logs it at level DEBUG and continues. An {@link Error} from
 * the listener, or an exception from the thread source, ends the sampling.
 *
 * <p>Safe for use by several threads. {@link #close()} ends the sampling thread.
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
            throw new IllegalArgumentException("the window must be longer than zero, not " + window);
        }
        this.source = source;
        this.window = window;
        this.threshold = threshold;
        this.growth = new GrowthAlarm(windows);
        this.listener = listener;
        this.sampler = Thread.ofPlatform().name("leaklab count alarm").daemon().unstarted(this::sample);
    }

    /**
     * Starts the sampling thread and returns without waiting for it. The thread takes the first sample at once, and
     * then one per window.
     *
     * @param source the threads to count
     * @param window time between two samples
     * @param threshold the largest count that gives no alarm
     * @param windows number of windows in a row in which the count must grow before the listener gets a growth alarm
     * @param listener gets the text of each alarm; the sampling thread calls it
     * @throws IllegalArgumentException if {@code window} is not longer than zero, or {@code windows} is less than 1
     */
    public static CountAlarm start(
            ThreadSource source, Duration window, int threshold, int windows, Consumer<String> listener) {
        CountAlarm alarm = new CountAlarm(source, window, threshold, windows, listener);
        alarm.sampler.start();
        return alarm;
    }

    /** Returns the last sample, or null before the first one. Does not block. */
    public @Nullable ThreadCount last() {
        return last;
    }

    private void sample() {
        boolean over = false;
        while (!closed) {
            ProbeWatch watch = ProbeWatch.begin();
            ThreadCount count = ThreadCount.of(source);
            if (!watch.sawProbe()) {
                last = count;
                if (count.all() > threshold && !over) {
                    tell("more threads than " + threshold + ": " + count);
                }
                over = count.all() > threshold;
                Optional<String> grown = growth.sample(count.all());
                grown.ifPresent(this::tell);
            }
            LockSupport.parkNanos(this, window.toNanos());
            Thread.interrupted(); // else nothing would park any more
        }
    }

    private void tell(String alarm) {
        try {
            listener.accept(alarm);
        } catch (RuntimeException e) { // dropped: the next sample is worth more
            System.getLogger(CountAlarm.class.getName()).log(System.Logger.Level.DEBUG, "listener failed", e);
        }
    }

    /**
     * Ends the sampling and waits until the sampling thread has ended, so until the listener has returned. If the
     * current thread is interrupted, this method interrupts the sampling thread, continues to wait, and sets the
     * interrupt flag again at the end. A second call does the same.
     *
     * <p>The listener may call this method. Then it does not wait: the sampling thread ends when the listener has
     * returned.
     */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(sampler);
        if (Thread.currentThread() == sampler) {
            return;
        }
        boolean interrupted = false;
        while (sampler.isAlive()) {
            try {
                sampler.join();
            } catch (InterruptedException e) {
                interrupted = true;
                sampler.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
