package org.leaklab.bench.collector;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;

/** How many full collections there were. A JVM may be told to do nothing, or less, when it is asked for one. */
final class FullCollections {

    private static final Pattern FULL =
            Pattern.compile("^(G1 Old Generation|PS MarkSweep|MarkSweepCompact|ZGC Major Cycles|ZGC Cycles)$");

    private FullCollections() {}

    /** Until now. */
    static long count() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(bean -> isFull(bean.getName()))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    static boolean isFull(String bean) {
        return FULL.matcher(bean).matches();
    }

    /**
     * Sees that as many happened as were asked for.
     *
     * @throws IllegalStateException if fewer did: then something else was measured
     */
    static void check(long asked, long happened) {
        if (happened < asked) {
            throw new IllegalStateException("of " + asked + " full collections that were asked for " + happened
                    + " happened: a JVM with -XX:+DisableExplicitGC or -XX:+ExplicitGCInvokesConcurrent measures"
                    + " something else");
        }
    }
}
