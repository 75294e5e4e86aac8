package org.leaklab.heapdump.suspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.ThreadFacts;

/**
 * Waits with a limit, or in a way that another could end, for a thread that is leaked: for its end, for the lock that
 * it owns, for the task that it runs, or for the end of the executor that it works for.
 */
final class Behind {

    private static final String FUTURE_TASK = "java.util.concurrent.FutureTask";
    private static final String FUTURE = "java.util.concurrent.CompletableFuture";
    private static final String FLOCK = Pools.FLOCK;

    private final Scene scene;
    private final Pools pools;

    Behind(Scene scene) {
        this.scene = scene;
        this.pools = new Pools(scene);
    }

    List<Suspect> find() {
        List<Suspect> found = new ArrayList<>();
        Set<DumpThread> stuck = new HashSet<>(scene.leaked);
        if (stuck.isEmpty()) {
            return found;
        }
        List<DumpThread> waiting = scene.open().stream()
                .filter(thread -> thread.isSuspended() || thread.state() == Thread.State.TIMED_WAITING)
                .toList();
        boolean more = true;
        while (more) { // one that waits for the next may itself be waited for
            more = false;
            for (DumpThread thread : waiting) {
                DumpThread before = stuck.contains(thread) ? null : waitsFor(thread, stuck);
                if (before != null) {
                    stuck.add(thread);
                    found.add(new Suspect(thread, Suspicion.BEHIND, because(thread, before)));
                    more = true;
                }
            }
        }
        return found;
    }

    private String because(DumpThread thread, DumpThread before) {
        return "It waits " + (thread.isSuspended() ? "" : "with a limit ") + "for the thread \""
                + Printable.of(before.name()) + "\", which "
                + (scene.leaked.contains(before) ? "is leaked" : "waits for a leaked one") + ". It goes on if "
                + (thread.isSuspended()
                        ? "another thread ends the wait."
                        : "its time is over or another thread ends the wait; code that waits in a loop then waits again.");
    }

    private @Nullable DumpThread waitsFor(DumpThread thread, Set<DumpThread> stuck) {
        int jdk = ThreadFacts.jdkFrames(thread);
        List<Stacks.Frame> stack = thread.stack();
        for (int i = 0; i < jdk; i++) {
            Stacks.Frame frame = stack.get(i);
            if (!waitsForEnd(frame)) {
                continue;
            }
            for (int object : scene.threads.held(thread, i, i + 1)) {
                DumpThread joined = scene.threads.of(object);
                if (joined != null && joined != thread && frame.type().endsWith("Thread") && stuck.contains(joined)) {
                    return joined;
                }
                for (DumpThread member : pools.members(object)) {
                    if (member != thread && stuck.contains(member) && !Pools.isIdle(member)) {
                        return member;
                    }
                }
            }
        }
        return ofWhatItWaitsOn(thread, stuck);
    }

    private static boolean waitsForEnd(Stacks.Frame frame) {
        return switch (frame.method()) {
            case "awaitTermination", "close" ->
                frame.isOf(
                        Pools.THREAD_POOL,
                        Pools.FORK_JOIN,
                        Pools.PER_TASK,
                        FLOCK,
                        "java.util.concurrent.ExecutorService");
            case "awaitAll" -> frame.isOf(FLOCK);
            case "join", "joinNanos" -> frame.isOf("java.lang.Thread", "java.lang.VirtualThread");
            default -> false;
        };
    }

    /** The leaked thread that runs the task, or owns the lock, that a thread waits on. */
    private @Nullable DumpThread ofWhatItWaitsOn(DumpThread thread, Set<DumpThread> stuck) {
        for (int object : scene.threads.waitsOn(thread)) {
            int other = scene.is(object, FUTURE_TASK)
                    ? scene.fields.reference(object, "runner")
                    : scene.is(object, "java.util.concurrent.locks.ReentrantLock$Sync")
                                    || scene.is(object, "java.util.concurrent.locks.ReentrantReadWriteLock$Sync")
                            ? scene.fields.reference(object, "exclusiveOwnerThread")
                            : -1;
            DumpThread before = scene.threads.of(other);
            if (before != null && before != thread && stuck.contains(before)) {
                return before;
            }
        }
        return runsFutureOf(thread, stuck);
    }

    /** The leaked thread that computes the future that a thread waits for. */
    private @Nullable DumpThread runsFutureOf(DumpThread thread, Set<DumpThread> stuck) {
        if (!ThreadFacts.isIn(thread, FUTURE)) {
            return null;
        }
        Set<Integer> wanted = new HashSet<>();
        for (int future : scene.heldByFramesOf(thread, FUTURE)) {
            wanted.add(future);
        }
        for (DumpThread other : stuck) {
            for (int i = 0; i < other.stack().size(); i++) {
                if (other.stack().get(i).isOf(FUTURE + "$AsyncSupply", FUTURE + "$AsyncRun")
                        && Arrays.stream(scene.threads.held(other, i, i + 1)).anyMatch(wanted::contains)) {
                    return other;
                }
            }
        }
        return null;
    }
}
