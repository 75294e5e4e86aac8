package org.leaklab.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.leaklab.core.Mutex;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.text.Printable;

/**
 * Finds deadlocks: threads that wait for each other in a circle, threads that wait for a lock which they hold
 * themselves, and threads that wait for a lock whose owner has ended without unlocking it. The threads of a circle may
 * be of both kinds, and a circle may go over locks and monitors.
 *
 * <p>The detector reports only threads that wait without limit. A thread that waits with a timeout goes on by itself,
 * and so does one whose task will be interrupted at a deadline.
 *
 * <p>It sees the owner in these cases:
 *
 * <ul>
 *   <li>A thread of either kind waits for a {@link Mutex} of the core.
 *   <li>A platform thread waits for a lock of {@code java.util.concurrent}, or for a monitor that a platform thread
 *       holds. {@link java.lang.management.ThreadMXBean} names the owner.
 *   <li>A virtual thread waits for a lock of {@code java.util.concurrent}, and the JVM was started with the option
 *       {@link #OPEN}. On JDK 26 and later it needs no option. With the option the detector also sees that an owner has
 *       ended.
 *   <li>A thread of either kind waits for a monitor, on JDK 26 and later.
 * </ul>
 *
 * <p>Where threads wait for something whose owner it cannot see, the notes of {@link #report} count them and say what
 * to do. The owner may also be a virtual thread that this JVM does not show to {@link ThreadSource#jvm()}. On JDK 21 to
 * 25 it cannot see monitors that a virtual thread waits for or holds. There the command {@code detect PID} of leaklab
 * can tell, from outside.
 *
 * <p>On JDK 26 and later the detector writes a thread dump to a temporary file and reads it, if there are threads whose
 * owner it cannot see otherwise. This takes about 10 microseconds for each thread of the JVM. Such a dump does not have
 * the virtual threads that a {@link Reachability} detector made collectable. The detector never takes a dump on earlier
 * JDKs: on JDK 25 a dump can crash a JVM whose virtual threads mount and unmount meanwhile (JDK-8364343).
 *
 * <p>Semaphores, latches and queues have no owner, so it never finds a circle through one of them. It follows only
 * threads of the given source.
 *
 * <p>While a {@linkplain ProbeWatch probe} is under way, it may miss a circle; then the notes say so.
 *
 * <p>If the detector sees a circle, it looks again, at irregular distances of 5 to 15 milliseconds, and reports only
 * waits that it saw each time. So it does not take locks that pass from thread to thread for a circle. A circle of
 * platform threads is a proof: the JVM counts their waits, so each of them was in one wait all the time. For virtual
 * threads the JVM does not count. A circle with one of them was seen in each of ten looks, which is no proof: in theory
 * its threads may have gone on between two looks, and wait again for the same locks with the same owners.
 *
 * <p>If a recording of the JDK Flight Recorder is on, each thread that it finds becomes an event
 * {@code org.leaklab.StuckThread} in it, each time that it looks.
 */
public final class Deadlock {

    /**
     * The JVM option that shows which thread owns a lock of {@code java.util.concurrent}. This is the form for the
     * class path. On the module path, {@code org.leaklab.detect} takes the place of {@code ALL-UNNAMED}.
     */
    public static final String OPEN = "--add-opens java.base/java.util.concurrent.locks=ALL-UNNAMED";

    private static final int LOOKS = 3;
    private static final int LOOKS_AT_VIRTUAL = 10;
    private static final long SHORTEST_PAUSE_NANOS = 5_000_000;
    private static final long LONGEST_PAUSE_NANOS = 15_000_000;

    private Deadlock() {}

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
        return find(source, LockWaits.of(source));
    }

    /** Begins with a look that was taken already. */
    static List<Circle> find(ThreadSource source, LockWaits first) {
        Map<Thread, LockWaits.Wait> waits = first.byThread();
        List<Circle> circles = circles(first, waits);
        for (int look = 1; look < looks(circles) && !circles.isEmpty(); look++) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_NANOS, LONGEST_PAUSE_NANOS));
            Map<Thread, LockWaits.Wait> now = LockWaits.of(source).byThread();
            waits.values().removeIf(wait -> !wait.equals(now.get(wait.thread())));
            circles = circles(first, waits);
        }
        FlightEvents.stuck(circles);
        return circles;
    }

    /** How many looks must see these circles: many if there is a virtual thread, whose waits no one counts. */
    static int looks(List<Circle> circles) {
        boolean virtual = circles.stream()
                .flatMap(circle -> circle.threads().stream())
                .anyMatch(thread -> thread.kind() == ThreadKind.VIRTUAL);
        return virtual ? LOOKS_AT_VIRTUAL : LOOKS;
    }

    private static List<Circle> circles(LockWaits looks, Map<Thread, LockWaits.Wait> waits) {
        List<Circle> circles = new ArrayList<>();
        Set<Thread> done = new HashSet<>();
        for (LockWaits.Wait wait : waits.values()) {
            if (wait.holder() == null) {
                circles.add(new Circle(
                        Printable.of(wait.thread().getName()) + " waits for " + Printable.of(wait.waitsFor())
                                + ", whose owner has ended",
                        List.of(looks.look(wait))));
            } else if (!done.contains(wait.thread())) {
                circles.addAll(circle(looks, waits, wait, done));
            }
        }
        return circles;
    }

    /**
     * Walks from a thread to the holder of what it waits for, and on, until the way ends or comes round. Returns the
     * circle, if there is one.
     */
    private static List<Circle> circle(
            LockWaits looks, Map<Thread, LockWaits.Wait> waits, LockWaits.Wait from, Set<Thread> done) {
        Map<Thread, Integer> places = new HashMap<>();
        List<LockWaits.Wait> path = new ArrayList<>();
        LockWaits.Wait wait = from;
        while (wait != null && !done.contains(wait.thread()) && !places.containsKey(wait.thread())) {
            places.put(wait.thread(), path.size());
            path.add(wait);
            wait = wait.holder() == null ? null : waits.get(wait.holder());
        }
        path.forEach(each -> done.add(each.thread()));
        if (wait == null || !places.containsKey(wait.thread())) {
            return List.of();
        }
        List<LockWaits.Wait> round = path.subList(places.get(wait.thread()), path.size());
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
        List<ThreadSnapshot> threads = round.stream().map(looks::look).toList();
        return List.of(new Circle(sentence.toString(), threads));
    }

    /**
     * Finds the same as {@link #find} and returns it as a report.
     *
     * @return the threads of all circles in groups; the notes are the sentence of each circle, and then what the
     *     detector could not see
     */
    public static ThreadReport report(ThreadSource source) {
        LockWaits waits = LockWaits.of(source);
        List<Circle> circles = find(source, waits);
        List<String> notes =
                new ArrayList<>(circles.stream().map(Circle::sentence).toList());
        notes.addAll(waits.unseen());
        return ThreadReport.of(
                "deadlock",
                source.scope(),
                circles.stream().flatMap(circle -> circle.threads().stream()).toList(),
                notes);
    }
}
