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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.ThreadFacts;

/**
 * Waits with a limit, or in a way that another could end, for a thread that is leaked: for its end, for the lock that
 * it owns, for the task that it runs, or for the end of the executor that it works for. Or a worker waits for the end
 * of its own executor, which waits for it.
 */
final class Behind {

    private static final String FUTURE_TASK = "java.util.concurrent.FutureTask";
    private static final String FUTURE = "java.util.concurrent.CompletableFuture";
    private static final String FLOCK = Pools.FLOCK;
    private static final String OWN_EXECUTOR =
            "It waits for the end of the executor that it works for, and that does not end before this thread's task does."
                    + " It goes on if its time is over or another thread ends the wait; code that waits in a loop then waits"
                    + " again.";

    private final Scene scene;
    private final Pools pools;

    /** By thread, those that wait for it. */
    private final Map<DumpThread, Set<DumpThread>> waiting = new HashMap<>();

    /** By executor or flock, those that wait for its end. */
    private final Map<Integer, Set<DumpThread>> closing = new HashMap<>();

    /** By thread, the executors and flocks that end only when it does. */
    private final Map<DumpThread, Set<Integer>> executors = new HashMap<>();

    /** Those that wait for the end of the executor that they work for themselves. */
    private final Set<DumpThread> forThemselves = new LinkedHashSet<>();

    /** By future, the thread that computes it. */
    private final Map<Integer, DumpThread> computing = new HashMap<>();

    /** By stack, the frames that run the task of a future. */
    private final Map<Stack, int[]> runs = new HashMap<>();

    /** By stack, the frames that wait for the end of a thread or an executor. */
    private final Map<Stack, int[]> ends = new HashMap<>();

    Behind(Scene scene) {
        this.scene = scene;
        this.pools = new Pools(scene);
    }

    List<Suspect> find() {
        List<Suspect> found = new ArrayList<>();
        if (!scene.leaked.isEmpty()) {
            scene.threads.all().forEach(this::noteFutures);
        }
        for (DumpThread thread : scene.open()) {
            if (scene.of(thread).isSuspended() || thread.state() == Thread.State.TIMED_WAITING) {
                note(thread);
            }
        }
        if (waiting.isEmpty() && closing.isEmpty()) {
            return found;
        }
        Set<DumpThread> stuck = new HashSet<>(scene.leaked);
        Deque<DumpThread> todo = new ArrayDeque<>(scene.leaked);
        for (DumpThread thread : forThemselves) {
            if (stuck.add(thread)) {
                found.add(new Suspect(thread, Suspicion.BEHIND, OWN_EXECUTOR));
                todo.add(thread);
            }
        }
        while (!todo.isEmpty()) { // one that waits for the next may itself be waited for
            DumpThread before = todo.remove();
            for (DumpThread thread : behind(before)) {
                if (stuck.add(thread)) {
                    found.add(new Suspect(thread, Suspicion.BEHIND, because(thread, before)));
                    todo.add(thread);
                }
            }
        }
        return found;
    }

    private Set<DumpThread> behind(DumpThread before) {
        Set<DumpThread> direct = waiting.getOrDefault(before, Set.of());
        Set<Integer> open = executors.getOrDefault(before, Set.of());
        if (open.isEmpty() || pools.isIdle(before)) {
            return direct;
        }
        Set<DumpThread> behind = new LinkedHashSet<>(direct);
        open.forEach(executor -> behind.addAll(closing.getOrDefault(executor, Set.of())));
        return behind;
    }

    private String because(DumpThread thread, DumpThread before) {
        return "It waits " + (scene.of(thread).isSuspended() ? "" : "with a limit ") + "for the thread \""
                + before.name() + "\", which "
                + (scene.leaked.contains(before)
                        ? "is leaked"
                        : forThemselves.contains(before)
                                ? "waits for the end of its own executor"
                                : "waits for a leaked one")
                + ". It goes on if "
                + (scene.of(thread).isSuspended()
                        ? "another thread ends the wait."
                        : "its time is over or another thread ends the wait; code that waits in a loop then waits again.");
    }

    /** Notes for which thread a thread waits, or for the end of which executor. */
    private void note(DumpThread thread) {
        Stack stack = thread.stack();
        for (int i : ends.computeIfAbsent(stack, Behind::waitsForEnd)) {
            Stacks.Frame frame = stack.get(i);
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
                if (executors.getOrDefault(thread, Set.of()).contains(object)) {
                    forThemselves.add(thread);
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
        for (int i : runs.computeIfAbsent(thread.stack(), Behind::runsFuture)) {
            for (int object : scene.threads.held(thread, i, i + 1)) {
                if (scene.is(object, FUTURE)) {
                    computing.put(object, thread);
                }
            }
        }
    }

    /** The frames of a stack that run the task of a future. */
    private static int[] runsFuture(Stack stack) {
        return IntStream.range(0, stack.size())
                .filter(i -> stack.get(i).isOf(FUTURE + "$AsyncSupply", FUTURE + "$AsyncRun"))
                .toArray();
    }

    /** The frames of a stack that wait for the end of a thread or an executor. */
    private static int[] waitsForEnd(Stack stack) {
        return IntStream.range(0, stack.jdk().size())
                .filter(i -> waitsForEnd(stack.get(i)))
                .toArray();
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
