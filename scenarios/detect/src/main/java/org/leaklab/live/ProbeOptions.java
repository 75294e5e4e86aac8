package org.leaklab.live;

import java.time.Duration;

/**
 * How a JVM is probed.
 *
 * @param reason why, for the log of that JVM; may be empty
 * @param fast whether one collection is enough; then no find is certain
 * @param maxPause the probe is refused if one collection is expected to take longer
 * @param finalizers how long the probe waits until finalizers have given the threads back that nobody reaches
 * @param reap how many threads that are certain to be leaked are interrupted at the end, at most
 * @param timeout how long to wait for the next sign of life of the probe, besides the expected pauses; it gives one
 *     after each collection
 */
public record ProbeOptions(
        String reason, boolean fast, Duration maxPause, Duration finalizers, int reap, Duration timeout) {

    /** A thorough probe, whatever the pause. */
    public static final ProbeOptions DEFAULT =
            new ProbeOptions("", false, Duration.ofDays(1), Duration.ofSeconds(10), 0, Duration.ofSeconds(60));

    /** The same with a reason. */
    public ProbeOptions withReason(String why) {
        return new ProbeOptions(why, fast, maxPause, finalizers, reap, timeout);
    }

    /** The same with a limit for the expected pause of a collection. */
    public ProbeOptions withMaxPause(Duration limit) {
        return new ProbeOptions(reason, fast, limit, finalizers, reap, timeout);
    }

    /** The same with a limit for the time to wait for the next sign of life. */
    public ProbeOptions withTimeout(Duration limit) {
        return new ProbeOptions(reason, fast, maxPause, finalizers, reap, limit);
    }

    /** The same with one collection alone. */
    public ProbeOptions onlyFast() {
        return new ProbeOptions(reason, true, maxPause, finalizers, reap, timeout);
    }

    /** The same, and at the end interrupts threads that are certain to be leaked, at most so many. */
    public ProbeOptions reaping(int most) {
        return new ProbeOptions(reason, fast, maxPause, finalizers, most, timeout);
    }
}
