package org.leaklab.detect.probe;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What a probe has to know of the collector that this JVM runs with, and a way to have it collect. */
public final class GarbageCollection {

    /** Whether an unreachable thread comes back whole through a finalizer, and if not, why. */
    public record Revival(boolean works, String why) {}

    private GarbageCollection() {}

    /**
     * Stacks of unreachable virtual threads survive until finalizers ran on G1, Parallel and Serial. ZGC and Shenandoah
     * mark every stack chunk they meet as live, so that a sentinel would keep its thread for ever.
     */
    public static Revival revival() {
        String collectors = String.join(
                ", ",
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .toList());
        if (collectors.contains("ZGC") || collectors.contains("Shenandoah")) {
            return new Revival(false, "the collector is " + (collectors.contains("ZGC") ? "ZGC" : "Shenandoah"));
        }
        return finalizes()
                ? new Revival(true, "the collector keeps stacks for finalizers: " + collectors)
                : new Revival(false, "finalization is disabled");
    }

    /** A JVM that finalizes has a thread of the JDK's own class for it in the root group. */
    private static boolean finalizes() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[root.activeCount() + 16];
        int count = root.enumerate(threads, false);
        for (int i = 0; i < count; i++) {
            if (threads[i].getClass().getName().equals("java.lang.ref.Finalizer$FinalizerThread")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Waits until the queue of finalizers is empty, at most until the deadline. The last of them may still run. An
     * object whose finalizer is in the queue, or runs, is held by the JDK: the next collection finds what it reaches
     * reachable.
     *
     * @param deadline in terms of {@link System#nanoTime()}
     * @throws InterruptedException if the current thread is interrupted
     */
    public static void awaitFinalizers(long deadline) throws InterruptedException {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        while (memory.getObjectPendingFinalizationCount() > 0 && System.nanoTime() - deadline < 0) {
            Thread.sleep(1);
        }
    }

    /** Whether {@link System#gc()} does nothing, by order of whoever started this JVM. */
    public static boolean explicitIsOff() {
        HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return vm != null
                && Boolean.parseBoolean(vm.getVMOption("DisableExplicitGC").getValue());
    }

    /** Collects, by the diagnostic command where {@link System#gc()} is off. */
    @SuppressWarnings("SystemGc") // the collection is what is asked for
    public static void run(boolean byCommand) {
        if (!byCommand) {
            System.gc();
            return;
        }
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            server.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcRun", null, null);
        } catch (JMException e) {
            throw new IllegalStateException("the diagnostic command GC.run failed: " + e.getMessage(), e);
        }
    }
}
