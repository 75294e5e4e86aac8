package org.leaklab.agent.probe;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
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

    private static boolean isOn(String option) {
        @Nullable HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return vm != null && Boolean.parseBoolean(vm.getVMOption(option).getValue());
        } catch (IllegalArgumentException e) {
            return false; // no option of this JVM
        }
    }
}
