package org.leaklab.heapdump.suspect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

    /** By thread, those that wait for it. */
    private final Map<DumpThread, Set<DumpThread>> waiting = new HashMap<>();

    /** By executor or flock, those that wait for its end. */
    private final Map<Integer, Set<DumpThread>> closing = new HashMap<>();

    /** By thread, the executors and flocks that end only when it does. */
    private final Map<DumpThread, Set<Integer>> executors = new HashMap<>();

    /** By future, the thread that computes it. */
    private final Map<Integer, DumpThread> computing = new HashMap<>();

    Behind(Scene scene) {
        this.scene = scene;
        this.pools = new Pools(scene);
    }

    List<Suspect> find() {
        List<Suspect> found = new ArrayList<>();
        if (scene.leaked.isEmpty()) {
            return found;
        }
        scene.threads.all().forEach(this::noteFutures);
        for (DumpThread thread : scene.open()) {
            if (thread.isSuspended() || thread.state() == Thread.State.TIMED_WAITING) {
                note(thread);
            }
        }
        Set<DumpThread> stuck = new HashSet<>(scene.leaked);
        Deque<DumpThread> todo = new ArrayDeque<>(scene.leaked);
        while (!todo.isEmpty()) { // one that waits for the next may itself be waited for
            DumpThread before = todo.remove();
            Set<DumpThread> behind = new LinkedHashSet<>(waiting.getOrDefault(before, Set.of()));
            if (!Pools.isIdle(before)) {
                executors
                        .getOrDefault(before, Set.of())
                        .forEach(executor -> behind.addAll(closing.getOrDefault(executor, Set.of())));
            }
            for (DumpThread thread : behind) {
                if (stuck.add(thread)) {
                    found.add(new Suspect(thread, Suspicion.BEHIND, because(thread, before)));
                    todo.add(thread);
                }
            }
        }
        return found;
    }

    private String because(DumpThread thread, DumpThread before) {
        return "It waits " + (thread.isSuspended() ? "" : "with a limit ") + "for the thread \""
                + before.name() + "\", which "
                + (scene.leaked.contains(before) ? "is leaked" : "waits for a leaked one") + ". It goes on if "
                + (thread.isSuspended()
                        ? "another thread ends the wait."
                        : "its time is over or another thread ends the wait; code that waits in a loop then waits again.");
    }

    /** Notes for which thread a thread waits, or for the end of which executor. */
    private void note(DumpThread thread) {
        int jdk = ThreadFacts.jdkFrames(thread);
        List<Stacks.Frame> stack = thread.stack();
        for (int i = 0; i < jdk; i++) {
            Stacks.Frame frame = stack.get(i);
            if (!waitsForEnd(frame)) {
                continue;
            }
            for (int object : scene.threads.held(thread, i, i + 1)) {
                DumpThread joined = frame.type().endsWith("Thread") ? scene.threads.of(object) : null;
                if (joined != null) {
                    add(joined, thread);
                }
                if (!closing.containsKey(object)) {
                    pools.members(object)
                            .forEach(member -> executors
                                    .computeIfAbsent(member, ignored -> new LinkedHashSet<>())
                                    .add(object));
                }
                closing.computeIfAbsent(object, ignored -> new LinkedHashSet<>())
                        .add(thread);
            }
        }
        for (int object : scene.threads.waitsOn(thread)) {
            add(scene.threads.of(ownerOf(object)), thread);
        }
        if (ThreadFacts.isIn(thread, FUTURE)) {
            for (int future : scene.heldByFramesOf(thread, FUTURE)) {
                add(computing.get(future), thread);
            }
        }
    }

    private void add(@Nullable DumpThread before, DumpThread thread) {
        if (before != null && before != thread) {
            waiting.computeIfAbsent(before, ignored -> new LinkedHashSet<>()).add(thread);
        }
    }

    /** Notes which futures a thread computes. */
    private void noteFutures(DumpThread thread) {
        for (int i = 0; i < thread.stack().size(); i++) {
            if (thread.stack().get(i).isOf(FUTURE + "$AsyncSupply", FUTURE + "$AsyncRun")) {
                for (int object : scene.threads.held(thread, i, i + 1)) {
                    if (scene.is(object, FUTURE)) {
                        computing.put(object, thread);
                    }
                }
            }
        }
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

    /** The thread that runs a task, or owns a lock, or -1. */
    private int ownerOf(int object) {
        if (scene.is(object, FUTURE_TASK)) {
            return scene.fields.reference(object, "runner");
        }
        boolean isLock = scene.is(object, "java.util.concurrent.locks.ReentrantLock$Sync")
                || scene.is(object, "java.util.concurrent.locks.ReentrantReadWriteLock$Sync");
        return isLock ? scene.fields.reference(object, "exclusiveOwnerThread") : -1;
    }
}
