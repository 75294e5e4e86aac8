package org.leaklab.lab;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The platform threads of this JVM, without those that the JDK starts and ends at its own pace once virtual threads,
 * processes or futures are used at all: carriers, pollers, timers of its own.
 */
final class JvmThreads {

    private static final Set<String> HOUSEKEEPING_PREFIXES = Set.of(
            "VirtualThread-",
            "Read-Poller",
            "Write-Poller",
            "Read-Updater",
            "Write-Updater",
            "MasterPoller",
            "Master-Poller",
            "SubPoller",
            "Read-SubPoller",
            "Write-SubPoller",
            "Common-Cleaner",
            "process reaper",
            "CompletableFutureDelayScheduler",
            "ForkJoinPool",
            "Attach Listener",
            "Keep-Alive-");

    private JvmThreads() {}

    /** The live platform threads, the caller's included. */
    static Set<Thread> live() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] found = new Thread[root.activeCount() + 16];
        int count = root.enumerate(found, true);
        while (count == found.length) { // it may have been cut off
            found = new Thread[2 * found.length];
            count = root.enumerate(found, true);
        }
        return java.util.Arrays.stream(found, 0, count)
                .filter(thread -> !isHousekeeping(thread))
                .collect(Collectors.toSet());
    }

    private static boolean isHousekeeping(Thread thread) {
        String name = thread.getName();
        return thread.getClass().getName().equals("jdk.internal.misc.CarrierThread")
                || HOUSEKEEPING_PREFIXES.stream().anyMatch(name::startsWith);
    }
}
