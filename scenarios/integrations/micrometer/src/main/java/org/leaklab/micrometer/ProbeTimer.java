package org.leaklab.micrometer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.leaklab.serve.SharedProbe;

/**
 * Runs a probe again and again, so that its metrics stay young. Each probe costs garbage collections:
 * {@link org.leaklab.detect.Reachability#probe} says how many. So no timer runs unless a program starts one.
 *
 * <p>A daemon thread asks the {@link SharedProbe} for a result: first after one period, and then one period after the
 * last answer. If others ask at the same time, they share one probe. If the last result is younger than the interval of
 * the shared probe, the timer runs none.
 *
 * <p>A probe that fails is the last result like any other, and the timer goes on. It logs a warning with the reason,
 * once for probes that fail for the same reason, and a line when they work again. Safe for use by several threads.
 */
public final class ProbeTimer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ProbeTimer.class.getName());
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final SharedProbe probe;
    private final Duration every;
    private final Logger log;
    private final Thread thread;
    private volatile boolean closed;

    /** Why the last probe failed, without the numbers, which differ each time; of the timer's thread alone. */
    private @Nullable String failing;

    private ProbeTimer(SharedProbe probe, Duration every, Logger log) {
        this.probe = probe;
        this.every = every;
        this.log = log;
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
        return start(probe, every, LOG);
    }

    static ProbeTimer start(SharedProbe probe, Duration every, Logger log) {
        if (!every.isPositive()) {
            throw new IllegalArgumentException("the time between two probes must be positive, but is " + every);
        }
        ProbeTimer timer = new ProbeTimer(probe, every, log);
        timer.thread.start();
        return timer;
    }

    private void run() {
        while (!closed) {
            try {
                Thread.sleep(every);
                tell(probe.get().failure());
            } catch (InterruptedException e) { // by close
                log.log(Level.TRACE, "a probe was interrupted", e);
            } catch (RuntimeException e) {
                log.log(Level.DEBUG, "a probe failed in a way that no probe should", e);
                tell("it failed in a way that no probe should: " + e.getCause());
            }
        }
    }

    private void tell(@Nullable String failure) {
        String reason = failure == null ? null : NUMBER.matcher(failure).replaceAll("0");
        if (Objects.equals(reason, failing)) {
            return;
        }
        failing = reason;
        if (failure == null) {
            log.log(Level.INFO, "the probe works again");
        } else {
            log.log(Level.WARNING, "the probe says nothing: {0}", failure);
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
