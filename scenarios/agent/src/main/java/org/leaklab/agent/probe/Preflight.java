package org.leaklab.agent.probe;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether this JVM can be probed at all. Nothing is touched. */
final class Preflight {

    /** Of a thread that is armed: its reference, its sentinel and the JDK's entry for the finalizer. */
    private static final long BYTES_A_THREAD = 256;

    /** Measured on two cores: 0.2 to 0.5 s for 1 GB, and 0.8 to 1.2 s for 100,000 parked threads. */
    private static final long NANOS_A_BYTE = 1;

    private static final long NANOS_A_THREAD = 10_000;

    private static final long RESERVE = 4 << 20;

    private Preflight() {}

    static void check(Duration maxPause) throws Refusal, InterruptedException {
        if (System.getProperty("leaklab.live", "").equals("off")) {
            throw new Refusal("this JVM was started with -Dleaklab.live=off: it does not want to be probed");
        }
        checkFields();
        Jdk.checkTracking();
        if (Thread.class.desiredAssertionStatus()) {
            throw new Refusal(
                    "this JVM runs with -esa, and assertions of the JDK fail when a thread ends that is not in"
                            + " its set: start it without -esa, or analyse a heap dump");
        }
        Collector.check();
        FinalizerThread.check();
        long threads = threads();
        checkMemory(threads);
        checkPause(threads, maxPause);
    }

    private static void checkFields() throws Refusal {
        try {
            if (Jdk.PARKED == 0 || Pending.lock() == null) {
                throw new ExceptionInInitializerError("PARKED is 0");
            }
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
            throw new Refusal("this JDK " + Runtime.version()
                    + " has other fields than those that leaklab knows, so analyse a heap dump: "
                    + (e.getCause() == null ? e : e.getCause()));
        }
    }

    private static long threads() {
        long threads = size(null);
        for (Object container : Arming.containers()) {
            threads += size(container);
        }
        return threads;
    }

    /** The stacks of parked threads take the collector longer than other objects of their size. */
    private static void checkPause(long threads, Duration maxPause) throws Refusal {
        Runtime vm = Runtime.getRuntime();
        long used = vm.totalMemory() - vm.freeMemory();
        Duration expected = Duration.ofNanos(used * NANOS_A_BYTE + threads * NANOS_A_THREAD);
        if (expected.compareTo(maxPause) > 0) {
            throw new Refusal("a collection of the " + (used >> 20) + " MB of this heap, with " + threads
                    + " virtual threads, is expected to take " + expected.toMillis() + " ms, more than the "
                    + maxPause.toMillis() + " ms allowed: allow more, or try when less of it is in use");
        }
    }

    private static void checkMemory(long threads) throws Refusal {
        Runtime vm = Runtime.getRuntime();
        long free = vm.maxMemory() - vm.totalMemory() + vm.freeMemory();
        long needed = threads * BYTES_A_THREAD + RESERVE;
        if (free < needed) {
            throw new Refusal("a probe of " + threads + " threads needs " + (needed >> 20) + " MB of heap, but only "
                    + (free >> 20) + " MB are free: try after a collection (jcmd GC.run)");
        }
    }

    private static long size(@Nullable Object container) {
        Set<Thread> set = Jdk.set(container);
        return set == null ? 0 : set.size();
    }
}
