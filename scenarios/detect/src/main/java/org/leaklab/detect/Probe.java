package org.leaklab.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.probe.Canary;
import org.leaklab.detect.probe.CollectableStart;
import org.leaklab.detect.probe.GarbageCollection;
import org.leaklab.detect.probe.LetGo;
import org.leaklab.detect.probe.Proof;
import org.leaklab.detect.probe.Suspect;
import org.leaklab.detect.probe.Unseen;

/**
 * One probe of {@link Reachability}.
 *
 * <p>Where leaked threads come back, a probe has two rounds, and each lets go of threads and collects. The first one
 * proves little: an unreachable object whose finalizer has not run may reach the thread and wake it. The second one
 * proves it. Between the rounds finalizers run; an object whose finalizer is still to run is held by the JDK in the
 * second round, with all that it reaches. Where threads do not come back, the collector marks a thread that a finalizer
 * can reach as reachable, and one round proves it.
 *
 * <p>Invariant: between two collections the launcher holds every thread that exists, and during a collection no frame
 * of the probe holds one. So what goes from round to round are the identifiers of threads.
 *
 * <p>The JVM runs one probe at a time: what one probe lets go of, brings back or leaks on purpose would change what
 * another one finds.
 */
final class Probe {

    private static final ReentrantLock ONE = new ReentrantLock();

    private static final int MOST_COLLECTIONS = 3;
    private static final long LOOK_MILLIS = 1;
    private static final long BETWEEN_LOOKS_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Launcher launcher;
    private final boolean byCommand;
    private final long began = System.nanoTime();
    private final GarbageCollection.Revival revival = GarbageCollection.revival();

    /** The threads that were let go of, and those of them that were unreachable but have not come back in time. */
    private final Set<Long> judged = new HashSet<>();

    private final Set<Long> notBack = new HashSet<>();
    private boolean sound = true;

    private Probe(Launcher launcher, boolean byCommand) {
        this.launcher = launcher;
        this.byCommand = byCommand;
    }

    /** What a probe saw of one thread before it let go of it. Nothing in it reaches the thread. */
    private record Look(int blocker, @Nullable ThreadSnapshot snapshot) {}

    /** Runs a probe when no other one is under way. */
    static Finding run(Launcher launcher, boolean byCommand) throws InterruptedException {
        return alone(() -> ProbeWatch.during(() -> {
            Probe probe = new Probe(launcher, byCommand);
            return probe.revival.works() ? probe.withRevival() : probe.withoutRevival();
        }));
    }

    /** What is done while no other probe is under way in this JVM. */
    interface Alone<T> {
        T run() throws InterruptedException;
    }

    /** Does something while no probe is under way, and keeps others waiting until it is done. */
    static <T> T alone(Alone<T> what) throws InterruptedException {
        ONE.lockInterruptibly();
        try {
            return what.run();
        } finally {
            ONE.unlock();
        }
    }

    private Finding withRevival() throws InterruptedException {
        launcher.live().forEach(Proof::dropIfStale);
        Map<Long, Integer> unreachable = round(launched -> waitsForEver(launched.thread()));
        if (!proven().containsAll(unreachable.keySet())) {
            prove(round(launched -> waitsForEver(launched.thread())
                            && Objects.equals(unreachable.get(launched.thread().threadId()), blocker(launched)))
                    .keySet());
        }
        List<ThreadSnapshot> leaked = new ArrayList<>();
        Set<Long> proven = new HashSet<>();
        for (Launched launched : launcher.live()) {
            if (Proof.holds(launched)) {
                proven.add(launched.thread().threadId());
                leaked.add(ThreadSnapshot.of(launched));
            }
        }
        return finding(leaked, proven);
    }

    private Set<Long> proven() {
        Set<Long> proven = new HashSet<>();
        for (Launched launched : launcher.live()) {
            if (Proof.holds(launched)) {
                proven.add(launched.thread().threadId());
            }
        }
        return proven;
    }

    private void prove(Set<Long> unreachable) {
        for (Launched launched : launcher.live()) {
            if (unreachable.contains(launched.thread().threadId())) {
                Proof.give(launched);
            }
        }
    }

    /** What a thread is parked on, in a form that does not hold it. */
    private static int blocker(Launched launched) {
        return System.identityHashCode(LockSupport.getBlocker(launched.thread()));
    }

    /**
     * Lets go of threads and collects.
     *
     * @return the threads that were unreachable, are back, and wait on the same object, with this {@linkplain #blocker
     *     object}
     */
    private Map<Long, Integer> round(Predicate<Launched> which) throws InterruptedException {
        List<Suspect> suspects = collect(which);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Suspect suspect : suspects) {
            while (suspect.isLeaked() && suspect.revived() == null && System.nanoTime() - deadline < 0) {
                Thread.sleep(LOOK_MILLIS);
            }
        }
        GarbageCollection.awaitFinalizers(deadline);
        Map<Long, Integer> unreachable = new HashMap<>();
        for (Suspect suspect : suspects) {
            if (!suspect.isLeaked()) {
                continue;
            }
            Launched back = suspect.revived();
            if (back == null) {
                notBack.add(suspect.threadId());
            } else if (suspect.stillWaits()) {
                unreachable.put(suspect.threadId(), blocker(back));
            }
        }
        return unreachable;
    }

    private Finding withoutRevival() throws InterruptedException {
        Map<Long, Look> looks = lookTwice();
        List<ThreadSnapshot> leaked = new ArrayList<>();
        Set<Long> gone = new HashSet<>();
        for (Suspect suspect : collect(launched -> waitsForEver(launched.thread())
                && looks.containsKey(launched.thread().threadId()))) {
            if (suspect.isLeaked()) {
                gone.add(suspect.threadId());
                leaked.add(snapshot(suspect, looks));
            }
        }
        return finding(leaked, gone);
    }

    /** Lets go of threads and collects; the launcher holds all again that still exist. */
    private List<Suspect> collect(Predicate<Launched> which) throws InterruptedException {
        try (Canary canary = Canary.letGo(revival.works());
                LetGo letGo = LetGo.of(launcher, which, revival.works())) {
            sound &= collectUntilFound(canary);
            letGo.suspects().forEach(suspect -> judged.add(suspect.threadId()));
            return letGo.suspects();
        }
    }

    /** Collects until the thread that was leaked on purpose is found; false if it never is. */
    private boolean collectUntilFound(Canary canary) throws InterruptedException {
        boolean revive = revival.works();
        int collections = canary.waits() ? MOST_COLLECTIONS : 1;
        for (int i = 0; i < collections; i++) {
            GarbageCollection.run(byCommand);
            long deadline = System.nanoTime() + PATIENCE.toNanos() / MOST_COLLECTIONS;
            while (revive && canary.waits() && !canary.isFound(true) && System.nanoTime() - deadline < 0) {
                Thread.sleep(LOOK_MILLIS);
            }
            if (canary.isFound(revive)) {
                return true;
            }
        }
        return false;
    }

    private static boolean waitsForEver(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    /** Finds the threads that wait on the same object in two looks, with their stacks. */
    private Map<Long, Look> lookTwice() throws InterruptedException {
        Map<Long, Look> first = look(null);
        Thread.sleep(BETWEEN_LOOKS_MILLIS);
        return look(first);
    }

    private Map<Long, Look> look(@Nullable Map<Long, Look> before) {
        Map<Long, Look> looks = new HashMap<>();
        for (Launched launched : launcher.live()) {
            Thread thread = launched.thread();
            if (CollectableStart.isCollectable(launched) && waitsForEver(thread)) {
                int blocker = blocker(launched);
                if (before == null) {
                    looks.put(thread.threadId(), new Look(blocker, null));
                    continue;
                }
                Look earlier = before.get(thread.threadId());
                if (earlier != null && earlier.blocker() == blocker) {
                    looks.put(thread.threadId(), new Look(blocker, ThreadSnapshot.of(launched)));
                }
            }
        }
        return looks;
    }

    private static ThreadSnapshot snapshot(Suspect suspect, Map<Long, Look> looks) {
        Look look = looks.get(suspect.threadId());
        if (look != null && look.snapshot() != null) {
            return look.snapshot();
        }
        return new ThreadSnapshot( // it was let go of, so there was a look: this is for the compiler
                suspect.name(),
                suspect.threadId(),
                ThreadKind.VIRTUAL,
                Thread.State.WAITING,
                null,
                suspect.creatorName(),
                Duration.ofNanos(System.nanoTime() - suspect.startedAt()),
                List.of());
    }

    private Finding finding(List<ThreadSnapshot> leaked, Set<Long> ids) {
        int alive = 0;
        Map<String, Integer> unknown = new TreeMap<>();
        for (Launched launched : launcher.live()) {
            long id = launched.thread().threadId();
            if (!ids.contains(id) && !notBack.contains(id)) {
                String why = why(launched);
                if (why == null) {
                    alive++;
                } else {
                    unknown.merge(why, 1, Integer::sum);
                }
            }
        }
        notBack.removeAll(ids);
        if (!notBack.isEmpty()) {
            unknown.put(Unseen.NOT_BACK, notBack.size());
        }
        List<String> notes = new ArrayList<>();
        unknown.forEach((why, count) -> notes.add(count + (count == 1 ? " thread" : " threads") + " unknown: " + why));
        notes.addAll(OtherThreads.notes(launcher));
        if (!sound) {
            notes.add("this probe did not find the thread that it leaks on purpose, so it tells nothing about others");
        }
        String method = revival.works()
                ? "garbage collection; leaked threads come back whole, with their present stacks"
                : "garbage collection; the stacks were taken before it, and leaked threads are gone after it: "
                        + revival.why();
        return new Finding(leaked, notes, alive, unknown, method, sound, Duration.ofNanos(System.nanoTime() - began));
    }

    private @Nullable String why(Launched launched) {
        String why = Unseen.why(launched);
        if (why != null || !waitsForEver(launched.thread())) {
            return why;
        }
        if (!judged.contains(launched.thread().threadId())) {
            return Unseen.LATER;
        }
        return sound ? null : Unseen.UNSOUND;
    }
}
