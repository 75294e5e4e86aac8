package org.leaklab.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.probe.Canary;
import org.leaklab.detect.probe.CollectableStart;
import org.leaklab.detect.probe.GarbageCollection;
import org.leaklab.detect.probe.LetGo;
import org.leaklab.detect.probe.Suspect;
import org.leaklab.detect.probe.Unseen;

/**
 * Finds virtual threads of a launcher that wait for something which nothing alive can reach. Go's {@code goroutineleak}
 * profile finds the same for goroutines. The detector needs no change to the JVM, no flag and no heap dump.
 *
 * <p>An unmounted virtual thread is an object in the heap and no root of the garbage collector. A thread that could
 * wake it must reach the object it waits on, and through this object the waiting thread itself. So if a collection
 * finds a waiting thread unreachable, this thread is leaked for certain. Between probes the launcher holds its threads.
 * For a probe, the launcher lets go of the threads that wait without a timeout, and the JVM collects garbage. If a
 * thread is gone after that and had not ended, it was leaked. Then the launcher holds all other threads again.
 *
 * <p>The collector decides what becomes of a leaked thread:
 *
 * <ul>
 *   <li>G1, Parallel and Serial keep the stacks of unreachable threads for finalizers. So a leaked thread comes back
 *       whole. The detector reports it with its present stack, and the launcher keeps it. Later probes report it again
 *       until it ends. {@link #reap} can end it.
 *   <li>On ZGC and Shenandoah, and if finalization is disabled, a leaked thread is gone after its report. Its
 *       {@code finally} blocks never run. The detector takes the stacks before the collection. It looks twice, fifty
 *       milliseconds apart, and judges only threads that wait on the same object both times.
 * </ul>
 *
 * <p>The word <em>alive</em> means the same as in Go. Everything that a static field or a live stack reaches is alive,
 * even if the program never uses it again. Code that holds the {@link Thread} or its {@link Launched} can interrupt the
 * thread, so this thread is alive too. A virtual thread that waits while it is pinned to its carrier also counts as
 * alive.
 *
 * <p>The detector cannot judge these threads of the launcher. It counts them as unknown, with the reason:
 *
 * <ul>
 *   <li>platform threads: they are always roots of the collector
 *   <li>threads that wait for a monitor or in {@code Object.wait}: the VM holds them
 *   <li>threads that wait for a socket: the JDK's poller holds them
 *   <li>threads that the launcher started before a detector was attached: the JDK holds them, unless the JVM runs with
 *       {@code -Djdk.trackAllThreads=false}
 *   <li>threads of {@link Launcher#factory}: the JDK or an executor may hold them
 * </ul>
 *
 * <p>From the moment a detector is attached, the JDK no longer holds the threads that the launcher starts, and thread
 * dumps of the JDK do not show them. While they wait, only the launcher and the program's own objects hold them. If the
 * program drops the launcher and the detector, the collector may remove leaked threads of this launcher without a
 * report.
 *
 * <p>Safe for use by several threads: the probes of one detector run one after the other. Probes of two detectors on
 * the same launcher must not overlap.
 */
public final class Reachability implements AutoCloseable {

    private static final int MOST_COLLECTIONS = 3;
    private static final long LOOK_MILLIS = 1;
    private static final long BETWEEN_LOOKS_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Launcher launcher;
    private final boolean byCommand;
    private final ReentrantLock probing = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();

    // guarded by probing
    private final Set<Launched> found = new HashSet<>();

    private Reachability(Launcher launcher, boolean byCommand) {
        this.launcher = launcher;
        this.byCommand = byCommand;
        CollectableStart.attach(launcher);
    }

    /**
     * Attaches a detector to a launcher. The detector can judge the virtual threads that the launcher starts from now
     * on. If the JVM runs with {@code -Djdk.trackAllThreads=false}, it can also judge those that the launcher started
     * before.
     */
    public static Reachability of(Launcher launcher) {
        return new Reachability(launcher, false);
    }

    /**
     * Attaches a detector in the same way as {@link #of}. Its probes collect garbage with the diagnostic command
     * {@code GC.run}. This command also works on a JVM with {@code -XX:+DisableExplicitGC}, so it overrides this
     * option.
     */
    public static Reachability byDiagnosticCommand(Launcher launcher) {
        return new Reachability(launcher, true);
    }

    /**
     * Makes a launcher start its virtual threads in such a way that a detector which is attached later can judge them.
     * This cannot be undone for this launcher.
     */
    public static void prepare(Launcher launcher) {
        CollectableStart.attach(launcher);
    }

    /** What the detector saw of one thread before the probe. Nothing in it reaches the thread. */
    private record Look(int blocker, @Nullable ThreadSnapshot snapshot) {}

    /**
     * Runs one probe. If another probe of this detector is under way, this one waits until that one has ended.
     *
     * <p>A probe runs one to three garbage collections. If leaked threads come back, it also waits until the JVM has
     * run their finalizers, up to 20 seconds in total. During the collections neither the detector nor the launcher
     * holds the threads that the probe judges.
     *
     * @return what the probe found; check {@link Finding#sound()} before you trust an empty list
     * @throws IllegalStateException if explicit collections are disabled ({@code -XX:+DisableExplicitGC}), if the
     *     diagnostic command fails, or if another detector probes the same launcher at this moment
     * @throws InterruptedException if the current thread is interrupted; the launcher then holds every thread again
     *     that still exists
     */
    public Finding probe() throws InterruptedException {
        if (!byCommand && GarbageCollection.explicitIsOff()) {
            throw new IllegalStateException(
                    "a probe needs a garbage collection, but this JVM runs with -XX:+DisableExplicitGC:"
                            + " leave this option out, or attach with Reachability.byDiagnosticCommand,"
                            + " which overrides it");
        }
        probing.lockInterruptibly();
        try {
            long began = System.nanoTime();
            found.removeIf(launched -> !launched.isLive());
            GarbageCollection.Revival revival = GarbageCollection.revival();
            Map<Long, Look> looks = revival.works() ? Map.of() : lookTwice();
            List<ThreadSnapshot> leaked = new ArrayList<>();
            found.forEach(launched -> leaked.add(ThreadSnapshot.of(launched)));
            List<Suspect> suspects;
            boolean sound;
            try (Canary canary = Canary.letGo(revival.works());
                    LetGo letGo = letGo(revival.works(), looks)) {
                sound = collect(canary, revival.works());
                suspects = letGo.suspects();
            } // the launcher holds all that exist again, so no more threads can go
            if (revival.works()) {
                awaitRevival(suspects);
            }
            for (Suspect suspect : suspects) {
                if (suspect.isLeaked()) {
                    leaked.add(snapshot(suspect, looks));
                }
            }
            return finding(leaked, revival, sound, Duration.ofNanos(System.nanoTime() - began));
        } finally {
            probing.unlock();
        }
    }

    private LetGo letGo(boolean revive, Map<Long, Look> looks) {
        return LetGo.of(
                launcher,
                launched -> !found.contains(launched)
                        && waitsForEver(launched.thread())
                        && (revive || looks.containsKey(launched.thread().threadId())),
                revive);
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
                int blocker = System.identityHashCode(LockSupport.getBlocker(thread));
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

    /** Collects until the thread that was leaked on purpose is found; false if it never is. */
    private boolean collect(Canary canary, boolean revive) throws InterruptedException {
        int collections = canary.waits() ? MOST_COLLECTIONS : 1;
        for (int i = 0; i < collections; i++) {
            GarbageCollection.run(byCommand);
            long deadline = System.nanoTime() + PATIENCE.toNanos() / MOST_COLLECTIONS;
            while (revive && canary.waits() && !canary.isFound(true) && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_MILLIS);
            }
            if (canary.isFound(revive)) {
                return true;
            }
        }
        return false;
    }

    /** Waits for the finalizers of the sentinels. */
    private static void awaitRevival(List<Suspect> suspects) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Suspect suspect : suspects) {
            while (suspect.isLeaked() && suspect.revived() == null && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    private ThreadSnapshot snapshot(Suspect suspect, Map<Long, Look> looks) {
        Launched back = suspect.revived();
        if (back != null) {
            found.add(back);
            return ThreadSnapshot.of(back);
        }
        Look look = looks.get(suspect.threadId());
        if (look != null && look.snapshot() != null) {
            return look.snapshot();
        }
        return new ThreadSnapshot( // its finalizer has not run in time
                suspect.name(),
                suspect.threadId(),
                ThreadKind.VIRTUAL,
                Thread.State.WAITING,
                null,
                suspect.creatorName(),
                Duration.ofNanos(System.nanoTime() - suspect.startedAt()),
                List.of());
    }

    private Finding finding(
            List<ThreadSnapshot> leaked, GarbageCollection.Revival revival, boolean sound, Duration took) {
        int alive = 0;
        Map<String, Integer> unknown = new TreeMap<>();
        for (Launched launched : launcher.live()) {
            if (!found.contains(launched)) {
                String why = Unseen.why(launched);
                if (why == null) {
                    alive++;
                } else {
                    unknown.merge(why, 1, Integer::sum);
                }
            }
        }
        List<String> notes = new ArrayList<>();
        unknown.forEach((why, count) -> notes.add(count + (count == 1 ? " thread" : " threads") + " unknown: " + why));
        if (!sound) {
            notes.add("this probe did not find the thread that it leaks on purpose, so it tells nothing about others");
        }
        String method = revival.works()
                ? "garbage collection; leaked threads come back whole, with their present stacks"
                : "garbage collection; the stacks were taken before it, and leaked threads are gone after it: "
                        + revival.why();
        return new Finding(leaked, notes, alive, unknown, method, sound, took);
    }

    /**
     * Interrupts every thread that a probe found and that came back, so that its {@code finally} blocks run. Then waits
     * until these threads have ended or the time is over. If a probe is under way, this method first waits until the
     * probe has ended.
     *
     * <p>This does nothing where leaked threads do not come back.
     *
     * @param patience how long to wait in total for the threads to end
     * @return the threads that have not ended in time
     * @throws InterruptedException if the current thread is interrupted while it waits
     */
    public List<Launched> reap(Duration patience) throws InterruptedException {
        probing.lockInterruptibly();
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            found.forEach(launched -> launched.thread().interrupt());
            for (Launched launched : found) {
                long left = deadline - System.nanoTime();
                launched.join(Duration.ofNanos(Math.max(1, left)));
            }
            found.removeIf(launched -> !launched.isLive());
            return List.copyOf(found);
        } finally {
            probing.unlock();
        }
    }

    /**
     * Detaches from the launcher. The launcher then starts its threads as it did before. The threads that were found
     * stay with the launcher. A second call does nothing.
     */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            CollectableStart.detach(launcher);
        }
    }
}
