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
 * Finds virtual threads that wait for something which nothing alive can reach: what Go's {@code goroutineleak} profile
 * finds, with no change to the JVM, no flag and no heap dump.
 *
 * <p>An unmounted virtual thread is an object in the heap and no root of the garbage collector. Whoever could ever wake
 * it has to reach what it waits on, and through that the thread; so a waiting thread that a collection finds
 * unreachable is leaked for certain. The detector holds threads strongly between probes, through their launcher. For a
 * probe it lets go of those that wait without limit, has the JVM collect, and looks: a thread that is gone and never
 * ended was leaked. All others are held again.
 *
 * <p>Where the collector keeps the stacks of unreachable threads for finalizers (G1, Parallel, Serial) a leaked thread
 * comes back whole: it is reported with its stack as it stands, stays with its launcher, and can be {@linkplain #reap
 * reaped}. Elsewhere (ZGC, Shenandoah, finalization disabled) the stacks are captured before: of threads that wait on
 * the same thing in two looks, fifty milliseconds apart. A leaked thread is then gone for good after its report, and
 * its {@code finally} blocks never run.
 *
 * <p>Semantics are those of Go: what a static field or a live stack reaches is alive, though nobody may ever use it.
 * Whoever holds the {@link Thread} or its {@link Launched} can interrupt it, so it is alive as well. Never seen:
 * platform threads, which are always roots; waits for a monitor and in {@code Object.wait}, which the VM holds;
 * sockets, which the JDK's poller holds; threads that the launcher did not start. They are counted as unknown, with the
 * reason.
 *
 * <p>Safe for use by several threads, which then probe one after the other. One detector a launcher.
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
     * Attaches to a launcher. Threads that it starts from now on can be looked at; earlier ones too where the JVM runs
     * with {@code -Djdk.trackAllThreads=false}.
     */
    public static Reachability of(Launcher launcher) {
        return new Reachability(launcher, false);
    }

    /**
     * The same, with collections asked for through the diagnostic command {@code GC.run}: it works also where whoever
     * started the JVM has switched explicit collections off, and overrides that decision.
     */
    public static Reachability byDiagnosticCommand(Launcher launcher) {
        return new Reachability(launcher, true);
    }

    /**
     * Has a launcher start its threads, for as long as it lives, so that a detector which is attached later can look at
     * them.
     */
    public static void prepare(Launcher launcher) {
        CollectableStart.attach(launcher);
    }

    /** What a look before the probe has seen of one thread; nothing in it reaches the thread. */
    private record Look(int blocker, @Nullable ThreadSnapshot snapshot) {}

    /**
     * Probes once. Collects one to three times, and holds no thread strongly meanwhile that it looks at.
     *
     * @throws IllegalStateException if explicit collections are switched off ({@code -XX:+DisableExplicitGC})
     * @throws InterruptedException if interrupted; every thread that still exists is held again
     */
    public Finding probe() throws InterruptedException {
        if (!byCommand && GarbageCollection.explicitIsOff()) {
            throw new IllegalStateException("a probe needs a collection, and this JVM runs with -XX:+DisableExplicitGC:"
                    + " leave that out, or attach with Reachability.byDiagnosticCommand, which overrides it");
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
            } // all that still exist are held again, so what is gone now is all that is gone
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

    /** The threads that wait on the same thing twice, with their stacks. */
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

    /** Collects until the planted thread is found; false if it never is. */
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
            notes.add("this probe did not find the thread that it had planted itself, so it says nothing about others");
        }
        String method = revival.works()
                ? "one collection; leaked threads come back whole, stacks are as they stand"
                : "one collection; stacks were captured before it, and leaked threads are gone: " + revival.why();
        return new Finding(leaked, notes, alive, unknown, method, sound, took);
    }

    /**
     * Interrupts every thread that was found and came back, so that its {@code finally} blocks run.
     *
     * @param patience how long to wait for their ends, in all
     * @return those that have not ended: they ignore the interrupt
     * @throws InterruptedException if interrupted while waiting
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
     * Detaches: the launcher starts its threads as before. What was found stays with the launcher. Does nothing the
     * second time.
     */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            CollectableStart.detach(launcher);
        }
    }
}
