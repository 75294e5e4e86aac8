package org.leaklab.detect;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a probe may have hidden threads from a look. A probe takes parked virtual threads out of the lists of
 * the JDK and of launchers for moments, so that the collector can tell which of them nothing reaches. Who lists threads
 * meanwhile misses some. So a count, a profile or a look for deadlocks is whole only if no probe of this JVM was under
 * way from its begin to its end.
 *
 * <p>It sees the probes of {@link Reachability} in this JVM, and those that {@code detect --live} has loaded into it
 * from another process. Safe for use by several threads.
 */
public final class ProbeWatch {

    /** One sentence that says why a look is not whole. */
    public static final String SENTENCE =
            "a probe is under way and hides virtual threads for moments: ask again when it has ended";

    /** What the agent of a probe notes in the agent properties of its JVM: while it is at work, and when it began. */
    private static final String AT_WORK = "leaklab.live.probe";

    private static final String BEGUN = "leaklab.live.begun";

    private static final long LOOK_MILLIS = 10;

    /** How long a look that must be whole waits for the end of probes. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Raised when a probe of this JVM begins and when it ends: odd while one is under way. */
    private static final AtomicLong PROBES = new AtomicLong();

    /** Null until the JVM gives access to them. */
    private static volatile @Nullable Properties agentProperties;

    private final long probes;
    private final @Nullable String begun;
    private final boolean underWay;

    private ProbeWatch() {
        this.probes = PROBES.get();
        this.begun = begun();
        this.underWay = isUnderWay(); // last: one that begins meanwhile is seen here, or by what was read before
    }

    /** Begins to watch. To be called before the threads are listed. */
    public static ProbeWatch begin() {
        return new ProbeWatch();
    }

    /** Returns whether a probe was under way at any time since the begin, so that threads may have been missed. */
    public boolean sawProbe() {
        return underWay || isUnderWay() || PROBES.get() != probes || !Objects.equals(begun(), begun);
    }

    /**
     * Waits until no probe is under way.
     *
     * @return false if one still is when the time is over
     * @throws InterruptedException if the current thread is interrupted while it waits
     */
    public static boolean awaitNone(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (isUnderWay()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    /**
     * Takes a look while no probe is under way. If one was, waits for its end and looks again. An interrupt does not
     * end the wait, and leaves the interrupt flag set.
     *
     * @param look lists threads, and may be called several times
     * @return what the first look has seen that no probe has touched
     * @throws IllegalStateException if there was no such look within 10 seconds; its message is {@link #SENTENCE}
     */
    public static <T> T whole(Supplier<T> look) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                T seen = untouched(look);
                if (seen != null) {
                    return seen;
                }
                try {
                    if (!awaitNone(Duration.ofNanos(deadline - System.nanoTime()))
                            || System.nanoTime() - deadline >= 0) {
                        throw new IllegalStateException(SENTENCE);
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What a look sees, or null if a probe was under way: who waits for its end must not hold the threads. */
    private static <T> @Nullable T untouched(Supplier<T> look) {
        ProbeWatch watch = begin();
        T seen = look.get();
        return watch.sawProbe() ? null : seen;
    }

    /** Runs a probe that all watches see. One at a time. */
    static <T> T during(Probe.Alone<T> probe) throws InterruptedException {
        PROBES.incrementAndGet();
        try {
            return probe.run();
        } finally {
            PROBES.incrementAndGet();
        }
    }

    private static boolean isUnderWay() {
        if (PROBES.get() % 2 != 0) {
            return true;
        }
        Properties noted = agentProperties();
        return noted == null ? hasThreadOfProbe() : noted.containsKey(AT_WORK);
    }

    /** When the last probe began that was loaded into this JVM; null if none was, or the JVM does not show it. */
    private static @Nullable String begun() {
        Properties noted = agentProperties();
        return noted == null ? null : noted.getProperty(BEGUN);
    }

    private static @Nullable Properties agentProperties() {
        Properties known = agentProperties;
        if (known == null) {
            try {
                Method get = Class.forName("jdk.internal.vm.VMSupport").getMethod("getAgentProperties");
                get.setAccessible(true);
                known = (Properties) get.invoke(null);
                agentProperties = known;
            } catch (ReflectiveOperationException | RuntimeException e) { // not opened
                return null;
            }
        }
        return known;
    }

    /** Whether one of the two threads runs that a loaded probe has from its begin to its end. */
    private static boolean hasThreadOfProbe() {
        return JvmThreads.all()
                .anyMatch(thread -> thread.getName().equals("leaklab-live")
                        || thread.getName().equals("leaklab-live-watchdog"));
    }
}
