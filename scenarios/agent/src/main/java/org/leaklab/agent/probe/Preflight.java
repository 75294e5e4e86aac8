package org.leaklab.agent.probe;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether this JVM can be probed at all. Nothing is touched. */
final class Preflight {

    /** Of a thread that is armed: its reference, its sentinel and the JDK's entry for the finalizer. */
    private static final long BYTES_A_THREAD = 256;

    private static final long RESERVE = 4 << 20;

    private Preflight() {}

    static void check() throws Refusal, InterruptedException {
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
        checkMemory();
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

    private static void checkMemory() throws Refusal {
        long threads = 0;
        for (Object container : Arming.containers()) {
            threads += size(container);
        }
        threads += size(null);
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
