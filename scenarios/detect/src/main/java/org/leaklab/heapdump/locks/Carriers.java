package org.leaklab.heapdump.locks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for carriers none of which is free: each has a virtual thread mounted that waits without a limit. Virtual
 * threads that want to run then have to wait until one of these goes on.
 */
public final class Carriers {

    private static final Pattern WORKER = Pattern.compile("(ForkJoinPool-\\d+-worker-)\\d+");

    private Carriers() {}

    /** Returns the virtual threads on the carriers if all carriers that the dump shows are taken; else nothing. */
    public static List<SeenThread> taken(SeenThreads threads) {
        Set<Long> carriers = new HashSet<>();
        Set<String> pools = new HashSet<>();
        List<SeenThread> mounted = new ArrayList<>();
        Map<Long, SeenThread> byId = threads.byId();
        for (SeenThread thread : threads.threads()) {
            if (thread.virtual() && thread.carrier() != 0) {
                mounted.add(thread);
                carriers.add(thread.carrier());
                SeenThread carrier = byId.get(thread.carrier());
                pools.add(carrier == null ? "" : pool(carrier.name()));
            }
        }
        boolean free = threads.threads().stream()
                .anyMatch(thread ->
                        !thread.virtual() && !carriers.contains(thread.id()) && pools.contains(pool(thread.name())));
        boolean goOn = pools.contains("") || mounted.stream().anyMatch(thread -> !thread.isSuspended());
        return mounted.isEmpty() || free || goOn ? List.of() : List.copyOf(mounted);
    }

    private static String pool(String name) {
        Matcher worker = WORKER.matcher(name);
        return worker.matches() ? worker.group(1) : "";
    }
}
