package org.leaklab.agent.probe;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.invoke.MethodHandles;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.SoftReference;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the management beans say of the collector. Where this JVM has no such module they say nothing; then the
 * self-test tells.
 */
final class Collector {

    private static final String DUMP = "analyse a heap dump, which leaklab detect takes";

    private Collector() {}

    /** Refuses collectors that keep, or lose, the stacks of threads that nobody reaches. */
    static void check() throws Refusal {
        try {
            String names = ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .map(GarbageCollectorMXBean::getName)
                    .collect(Collectors.joining(", "));
            for (String name : new String[] {"ZGC", "Shenandoah", "Epsilon"}) {
                if (names.contains(name)) {
                    throw new Refusal("this JVM collects with " + name
                            + ", which does not give back threads that nobody reaches: " + DUMP);
                }
            }
            if (isOn("DisableExplicitGC")) {
                throw new Refusal("this JVM runs with -XX:+DisableExplicitGC, so a probe cannot collect: " + DUMP);
            }
            if (isOn("UseG1GC") && isOn("ExplicitGCInvokesConcurrent")) {
                throw new Refusal(
                        "this JVM runs with -XX:+ExplicitGCInvokesConcurrent, and a concurrent collection keeps"
                                + " what is young, as sentinels are, so a probe would find next to nothing: " + DUMP);
            }
        } catch (NoClassDefFoundError e) {
            return;
        }
    }

    /**
     * How long ago this JVM has collected. The age of a soft reference is what had passed at the collection before, so
     * after a pause the second collection clears what the first one keeps.
     *
     * @return milliseconds; the largest number if the JDK does not say
     */
    static long millisSinceLast() {
        try {
            long clock = (long) MethodHandles.privateLookupIn(SoftReference.class, MethodHandles.lookup())
                    .findStaticVarHandle(SoftReference.class, "clock", long.class)
                    .get();
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) - clock;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Collects. */
    @SuppressWarnings("SystemGc") // the collection is what is asked for
    static void collect() {
        System.gc();
    }

    private static boolean isOn(String option) {
        @Nullable HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return vm != null && Boolean.parseBoolean(vm.getVMOption(option).getValue());
        } catch (IllegalArgumentException e) {
            return false; // no option of this JVM
        }
    }
}
