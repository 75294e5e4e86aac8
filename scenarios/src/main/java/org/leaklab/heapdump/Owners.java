package org.leaklab.heapdump;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for the owners of monitors that threads are blocked on. A dump shows no owners, and a thread that is about to
 * enter a monitor looks like one that waits for it. So a blocked thread is only judged when some thread that has the
 * monitor on its stack is leaked whatever becomes of the blocked one, or is blocked itself in a circle of such threads.
 */
final class Owners {

    private final DumpThreads threads;
    private final List<DumpThread> entering;

    Owners(DumpThreads threads) {
        this.threads = threads;
        entering = threads.all().stream().filter(thread -> thread.entering).toList();
    }

    /** The threads that are blocked on a monitor, and are judged only if its owner is seen. */
    List<DumpThread> entering() {
        return entering;
    }

    /**
     * Drops those whose owner is not seen, or may let them in.
     *
     * @param leaked those that are leaked even if all blocked ones are taken for alive
     */
    void ground(Set<DumpThread> leaked) {
        Map<Integer, Set<DumpThread>> holders = holders();
        Set<DumpThread> left = new HashSet<>(entering);
        boolean dropped = true;
        while (dropped) {
            dropped = left.removeIf(thread -> Arrays.stream(thread.blockers)
                    .mapToObj(monitor -> holders.getOrDefault(monitor, Set.of()))
                    .flatMap(Set::stream)
                    .noneMatch(holder -> holder != thread && (leaked.contains(holder) || left.contains(holder))));
        }
        for (DumpThread thread : entering) {
            thread.candidate = left.contains(thread);
            if (!thread.candidate && !isHeldByAnother(thread, holders)) {
                thread.unknown = "nobody is seen to own the monitor that it is blocked on";
            }
        }
    }

    private static boolean isHeldByAnother(DumpThread thread, Map<Integer, Set<DumpThread>> holders) {
        return Arrays.stream(thread.blockers)
                .mapToObj(monitor -> holders.getOrDefault(monitor, Set.of()))
                .flatMap(Set::stream)
                .anyMatch(holder -> holder != thread);
    }

    /** By object, the threads that have it on their stacks, and not only as what they block on. */
    private Map<Integer, Set<DumpThread>> holders() {
        Set<Integer> wanted = new HashSet<>();
        entering.forEach(thread -> Arrays.stream(thread.blockers).forEach(wanted::add));
        Map<Integer, Set<DumpThread>> found = new HashMap<>();
        for (DumpThread thread : threads.all()) {
            boolean entersOnly = thread.state == Thread.State.BLOCKED
                    && Arrays.stream(threads.held(thread, 0, 1)).distinct().count() < 2;
            for (int i = thread.heldFrom; i < thread.heldTo; i++) {
                if (wanted.contains(threads.held(i)) && !(entersOnly && threads.frame(i) == 0)) {
                    found.computeIfAbsent(threads.held(i), ignored -> new HashSet<>(2))
                            .add(thread);
                }
            }
        }
        return found;
    }
}
