package org.leaklab.micrometer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.leaklab.serve.SharedProbe;

/**
 * Runs a probe again and again, so that its metrics stay young. Each probe costs garbage collections:
 * {@link org.leaklab.detect.Reachability#probe} says how many. So no timer runs unless a program starts one.
 *
 * <p>A daemon thread asks the {@link SharedProbe} for a result: first after one period, and then one period after the
 * last answer. If others ask at the same time, they share one probe. If the last result is younger than the interval of
 * the shared probe, the timer runs none.
 *
 * <p>A probe that fails is the last result like any other, and the timer goes on. Safe for use by several threads.
 */
public final class ProbeTimer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ProbeTimer.class.getName());

    private final SharedProbe probe;
    private final Duration every;
    private final Thread thread;
    private volatile boolean closed;

    private ProbeTimer(SharedProbe probe, Duration every) {
        this.probe = probe;
        this.every = every;
        this.thread = Thread.ofPlatform().name("leaklab probe timer").daemon().unstarted(this::run);
    }

    /**
     * Starts a timer and returns without waiting for its first probe.
     *
     * @param probe the probe to run
     * @param every time from the end of one probe to the next
     * @throws IllegalArgumentException if the time is not positive
     */
    public static ProbeTimer start(SharedProbe probe, Duration every) {
        if (!every.isPositive()) {
            throw new IllegalArgumentException("the time between two probes must be positive, but is " + every);
        }
        ProbeTimer timer = new ProbeTimer(probe, every);
        timer.thread.start();
        return timer;
    }

    private void run() {
        while (!closed) {
            try {
                Thread.sleep(every);
                SharedProbe.Result result = probe.get();
                if (result.failure() != null) {
                    LOG.log(Level.DEBUG, "the probe says nothing: {0}", result.failure());
                }
            } catch (InterruptedException e) { // by close
                LOG.log(Level.TRACE, "a probe was interrupted", e);
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "a probe failed in a way that no probe should", e);
            }
        }
    }

    /**
     * Ends the timer: interrupts its thread, and a probe that it runs, and waits until the thread has ended. If the
     * current thread is interrupted, it waits no longer and keeps its interrupt flag. A second call does the same.
     */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
