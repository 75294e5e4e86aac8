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

/**
 * Threads that wait for each other in a circle, each for what the next one holds; a thread that waits for itself; and
 * threads that wait for a mutex whose owner has ended without unlocking it.
 *
 * <p>Whom a thread waits for is known of the core's {@link Mutex} on both kinds of thread; of monitors and of
 * {@code java.util.concurrent} locks on platform threads, from {@link ThreadMXBean}; and of those locks on virtual
 * threads too where the JVM was started with {@value #OPEN}. Semaphores, latches and queues have no owner, so a circle
 * through one of them is never seen.
 *
 * <p>What is found was so in two looks in a row, so that hand-overs which move are not taken for a circle.
 */
public final class Deadlock {

    /** The option that lets owners of locks be seen that virtual threads wait for. */
    public static final String OPEN = "--add-opens java.base/java.util.concurrent.locks=ALL-UNNAMED";

    private Deadlock() {}

    /**
     * A thread and what it waits for.
     *
     * @param holder who holds it, or null when it has ended
     */
    record Wait(Thread thread, String waitsFor, @Nullable Thread holder) {}

    /**
     * Threads of one circle, or one thread that waits for somebody who has ended.
     *
     * @param sentence who waits for whom
     */
    public record Circle(String sentence, List<ThreadSnapshot> threads) {

        /** Keeps a copy. */
        public Circle {
            threads = List.copyOf(threads);
        }
    }

    /** Finds the circles among threads; empty when there is none. */
    public static List<Circle> find(ThreadSource source) {
        Map<Thread, Wait> before = waits(source);
        Map<Thread, Wait> now = waits(source);
        now.values().removeIf(wait -> !wait.equals(before.get(wait.thread())));
        List<Circle> circles = new ArrayList<>();
        Set<Thread> done = new HashSet<>();
        for (Wait wait : now.values()) {
            if (wait.holder() == null) {
                circles.add(new Circle(
                        wait.thread().getName() + " waits for " + wait.waitsFor() + ", whose owner has ended",
                        List.of(ThreadSnapshot.of(wait.thread()))));
            } else if (!done.contains(wait.thread())) {
                circle(now, wait, done, circles);
            }
        }
        return circles;
    }

    /** Walks from a thread to whom it waits for, and on, until that ends or comes round. */
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
            for (Wait each : round) {
                sentence.append(each.thread().getName())
                        .append(" waits for ")
                        .append(each.waitsFor())
                        .append(", held by ");
            }
            sentence.append(round.getFirst().thread().getName());
            circles.add(new Circle(
                    sentence.toString(),
                    round.stream().map(each -> ThreadSnapshot.of(each.thread())).toList()));
        }
        path.forEach(each -> done.add(each.thread()));
    }

    /** The same as a report: the threads of all circles in groups, and a note for each circle. */
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
