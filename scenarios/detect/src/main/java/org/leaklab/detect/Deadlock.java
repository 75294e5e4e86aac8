package org.leaklab.detect;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Mutex;
import org.leaklab.core.text.Printable;

/**
 * Finds deadlocks: threads that wait for each other in a circle, threads that wait for a lock which they hold
 * themselves, and threads that wait for a lock whose owner has ended without unlocking it.
 *
 * <p>The detector sees the owner of a lock in these cases:
 *
 * <ul>
 *   <li>A thread of either kind waits for a {@link Mutex} of the core.
 *   <li>A platform thread waits for a monitor or for a lock of {@code java.util.concurrent}. {@link ThreadMXBean} names
 *       the owner. The detector does not see an owner that has ended.
 *   <li>A virtual thread waits for a lock of {@code java.util.concurrent}, and the JVM was started with the option
 *       {@link #OPEN}.
 * </ul>
 *
 * <p>It does not see which monitor a virtual thread waits for. Semaphores, latches and queues have no owner, so it
 * never finds a circle through one of them. It follows only threads of the given source.
 *
 * <p>The detector looks twice and reports only waits that it saw both times. So it does not take locks that pass from
 * thread to thread for a circle. It also reports a thread that waits with a timeout.
 */
public final class Deadlock {

    /**
     * The JVM option that shows which thread owns a lock of {@code java.util.concurrent}. This is the form for the
     * class path. On the module path, {@code org.leaklab.detect} takes the place of {@code ALL-UNNAMED}.
     */
    public static final String OPEN = "--add-opens java.base/java.util.concurrent.locks=ALL-UNNAMED";

    private Deadlock() {}

    /**
     * A thread and what it waits for.
     *
     * @param holder the thread that holds it, or null if this thread has ended
     */
    record Wait(Thread thread, String waitsFor, @Nullable Thread holder) {}

    /**
     * The threads of one circle, or one thread that waits for a lock whose owner has ended.
     *
     * @param sentence says which thread waits for what, and which thread holds it
     * @param threads the threads in the order of the circle: each waits for the next one, and the last for the first
     */
    public record Circle(String sentence, List<ThreadSnapshot> threads) {

        /** Creates a circle with a copy of the list. */
        public Circle {
            threads = List.copyOf(threads);
        }
    }

    /**
     * Finds the deadlocks among the threads of a source. Waits for none of them.
     *
     * @return the circles, and the threads whose owner has ended; empty if there is no deadlock
     */
    public static List<Circle> find(ThreadSource source) {
        Map<Thread, Wait> before = waits(source);
        Map<Thread, Wait> now = waits(source);
        now.values().removeIf(wait -> !wait.equals(before.get(wait.thread())));
        List<Circle> circles = new ArrayList<>();
        Set<Thread> done = new HashSet<>();
        for (Wait wait : now.values()) {
            if (wait.holder() == null) {
                circles.add(new Circle(
                        Printable.of(wait.thread().getName()) + " waits for " + Printable.of(wait.waitsFor())
                                + ", whose owner has ended",
                        List.of(ThreadSnapshot.of(wait.thread()))));
            } else if (!done.contains(wait.thread())) {
                circle(now, wait, done, circles);
            }
        }
        return circles;
    }

    /** Walks from a thread to the holder of what it waits for, and on, until the way ends or comes round. */
    private static void circle(Map<Thread, Wait> waits, Wait from, Set<Thread> done, List<Circle> circles) {
        Map<Thread, Integer> places = new HashMap<>();
        List<Wait> path = new ArrayList<>();
        Wait wait = from;
        while (wait != null && !done.contains(wait.thread()) && !places.containsKey(wait.thread())) {
            places.put(wait.thread(), path.size());
            path.add(wait);
            wait = wait.holder() == null ? null : waits.get(wait.holder());
        }
        if (wait != null && places.containsKey(wait.thread())) {
            List<Wait> round = path.subList(places.get(wait.thread()), path.size());
            StringBuilder sentence = new StringBuilder();
            for (int i = 0; i < round.size(); i++) {
                sentence.append(i == 0 ? "" : "; ")
                        .append(Printable.of(round.get(i).thread().getName()))
                        .append(" waits for ")
                        .append(Printable.of(round.get(i).waitsFor()))
                        .append(", held by ")
                        .append(Printable.of(
                                round.get((i + 1) % round.size()).thread().getName()));
            }
            circles.add(new Circle(
                    sentence.toString(),
                    round.stream().map(each -> ThreadSnapshot.of(each.thread())).toList()));
        }
        path.forEach(each -> done.add(each.thread()));
    }

    /**
     * Finds the same as {@link #find} and returns it as a report.
     *
     * @return the threads of all circles in groups, with the sentence of each circle as a note
     */
    public static ThreadReport report(ThreadSource source) {
        List<Circle> circles = find(source);
        return ThreadReport.of(
                "deadlock",
                source.scope(),
                circles.stream().flatMap(circle -> circle.threads().stream()).toList(),
                circles.stream().map(Circle::sentence).toList());
    }

    private static Map<Thread, Wait> waits(ThreadSource source) {
        Map<Long, Thread> byId = new HashMap<>();
        Map<Thread, Wait> waits = new LinkedHashMap<>();
        for (ThreadSource.Watched watched : source.threads()) {
            Thread thread = watched.thread();
            byId.put(thread.threadId(), thread);
            Object blocker = LockSupport.getBlocker(thread);
            if (blocker instanceof Mutex mutex) {
                Thread owner = mutex.owner();
                if (owner != null) {
                    waits.put(thread, new Wait(thread, "a mutex", owner.isAlive() ? owner : null));
                }
            } else if (blocker != null && thread.isVirtual()) {
                Thread owner = LockOwners.of(blocker);
                if (owner != null) {
                    waits.put(thread, new Wait(thread, blocker.getClass().getName(), owner.isAlive() ? owner : null));
                }
            }
        }
        addPlatform(byId, waits);
        return waits;
    }

    private static void addPlatform(Map<Long, Thread> byId, Map<Thread, Wait> waits) {
        long[] ids = byId.values().stream()
                .filter(thread -> !thread.isVirtual())
                .mapToLong(Thread::threadId)
                .toArray();
        if (ids.length == 0) {
            return;
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo info : threads.getThreadInfo(ids)) {
            if (info != null && info.getLockOwnerId() >= 0 && info.getLockInfo() != null) {
                Thread thread = byId.get(info.getThreadId());
                Thread owner = byId.get(info.getLockOwnerId());
                if (thread != null && owner != null) {
                    waits.putIfAbsent(
                            thread, new Wait(thread, info.getLockInfo().getClassName(), owner));
                }
            }
        }
    }
}
