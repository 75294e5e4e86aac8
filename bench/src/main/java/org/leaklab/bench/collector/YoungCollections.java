package org.leaklab.bench.collector;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How many young collections there were, and how long they took in all.
 *
 * <p>With ZGC that is from the begin of each cycle to its end, in which the program goes on; with the others the
 * program stands still meanwhile.
 */
record YoungCollections(long count, long millis) {

    /** A ZGC without generations has whole cycles only. */
    private static final Pattern NOT_YOUNG = Pattern.compile("Old|MarkSweep|Major|Concurrent|Pauses|Full|^ZGC Cycles$");

    /** Whether the collector of this JVM has young collections at all. */
    static boolean exist() {
        return !beans().isEmpty();
    }

    static boolean isYoung(String bean) {
        return !NOT_YOUNG.matcher(bean).find();
    }

    private static List<GarbageCollectorMXBean> beans() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(bean -> isYoung(bean.getName()))
                .toList();
    }

    /** Until now. */
    static YoungCollections now() {
        List<GarbageCollectorMXBean> young = beans();
        return new YoungCollections(
                young.stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                        .sum(),
                young.stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum());
    }

    /** Since an earlier moment. */
    YoungCollections since(YoungCollections before) {
        return new YoungCollections(count - before.count, millis - before.millis);
    }

    /** Milliseconds a collection; NaN where there was none. */
    double mean() {
        return count == 0 ? Double.NaN : (double) millis / count;
    }

    /**
     * Sees that there was one, where there are any: else a program that allocates was measured without its collections.
     *
     * @param exist whether the collector has young collections
     * @throws IllegalStateException if it has, and there was none
     */
    void check(boolean exist) {
        if (exist && count == 0) {
            throw new IllegalStateException("in all iterations of allocations there was no young collection");
        }
    }
}
