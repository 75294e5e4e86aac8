package org.leaklab.heapdump.suspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.Judgement;
import org.leaklab.heapdump.judge.ThreadFacts;

/**
 * Threads that wait, also with a limit, and that nothing outside of their own group leads to: neither to the thread nor
 * to what it waits on. A thread that sleeps waits on nothing: it belongs to an island only if nothing outside leads to
 * the class loader of the code that sleeps, as for an application that was undeployed.
 *
 * <p>Where {@code main} has ended, threads that are no daemons may be what the process lives for: they are no island.
 */
final class Islands {

    private static final String BECAUSE =
            "Only its own stack, and those of threads that wait like it, lead to this thread"
                    + " and to what it waits on. So no other code can stop it or hand it work. This is no fault if the thread"
                    + " works alone and never has to stop.";

    private static final String POOL = "java.util.concurrent.ThreadPoolExecutor";
    private static final String FORK_JOIN = "java.util.concurrent.ForkJoinPool";

    /** Code that waits for what comes from outside of the heap: input, or the collector. */
    private static final List<String> OUTSIDE =
            List.of("sun.nio.", "sun.net.", "jdk.internal.net.", "sun.rmi.", "sun.security.", "java.lang.ref.");

    /**
     * Code of the JDK that waits on behalf of a program; other threads without a frame of the program are the JDK's.
     */
    private static final List<String> WORKERS = List.of(
            "java.util.concurrent.ThreadPoolExecutor$Worker",
            "java.util.concurrent.ForkJoinWorkerThread",
            "java.util.TimerThread");

    /** Long chains of threads, each held by the stack of the one before, are left to the marking. */
    private static final int ROUNDS = 4;

    private final Scene scene;

    /** By stack, which most threads share with others. */
    private final Map<Stack, Boolean> canBe = new HashMap<>();

    Islands(Scene scene) {
        this.scene = scene;
    }

    /** Who may belong to an island, whether that is of interest, and what would let it leave. */
    record Waits(DumpThread thread, boolean isAsked, List<Integer> through) {}

    /** Finds them; those that are explained already belong to a group, and are not named again. */
    List<Suspect> find(Set<DumpThread> explained) {
        boolean hasMain = hasMain();
        if (scene.open().stream().noneMatch(thread -> isAsked(thread, explained, hasMain) && canBe(thread))) {
            return List.of(); // as where all threads wait without limit
        }
        List<Waits> all = candidates(explained);
        if (all.stream().anyMatch(Waits::isAsked)) {
            dropHeld(all);
        }
        return left(all).stream()
                .map(thread -> new Suspect(thread, Suspicion.ISLAND, BECAUSE))
                .toList();
    }

    List<Waits> candidates(Set<DumpThread> explained) {
        List<Waits> all = new ArrayList<>();
        boolean hasMain = hasMain();
        for (DumpThread thread : scene.open()) {
            List<Integer> through = canBe(thread) ? through(thread) : List.of();
            if (through.size() > 1) {
                all.add(new Waits(thread, isAsked(thread, explained, hasMain), through));
            }
        }
        return all;
    }

    private boolean hasMain() {
        return scene.threads.all().stream().anyMatch(scene.threads::isMain);
    }

    private boolean isAsked(DumpThread thread, Set<DumpThread> explained, boolean hasMain) {
        return !scene.of(thread).isSuspended() // who waits without limit and is not leaked is reached by another one
                && !explained.contains(thread)
                && !hasOwnLimit(thread)
                && !endsByItself(thread)
                && (hasMain || scene.isDaemon(thread));
    }

    /** Those of interest that nothing outside leads to, whatever way it takes. */
    Set<DumpThread> left(List<Waits> all) {
        if (all.stream().noneMatch(Waits::isAsked)) {
            return Set.of();
        }
        Flood flood = new Flood(scene);
        all.forEach(waits -> flood.add(
                waits.thread,
                waits.isAsked,
                waits.through.stream().mapToInt(Integer::intValue).toArray()));
        return flood.run();
    }

    /**
     * Drops those that something outside is already known to lead to, by the way on which the judgement came to them:
     * in most healthy programs that is everybody, and then nothing has to be marked again.
     */
    void dropHeld(List<Waits> all) {
        Set<DumpThread> group = new HashSet<>(scene.leaked);
        Set<Integer> parts = new HashSet<>();
        all.forEach(waits -> group.add(waits.thread));
        group.forEach(thread -> {
            parts.add(scene.threads.object(thread));
            Arrays.stream(scene.threads.parts(thread)).forEach(parts::add);
        });
        Predicate<DumpThread> outside = thread -> !group.contains(thread)
                && !scene.is(scene.threads.object(thread), NoCarrier.CARRIER); // it does nothing to whom it carries
        Judgement.Step step = (from, to) -> !parts.contains(from) && Flood.counts(scene, from, to);
        Predicate<Waits> isHeld = waits -> {
            DumpThread owner = scene.of(waits.thread).owner();
            return owner != null && !group.contains(owner)
                    || waits.through.stream().anyMatch(object -> scene.isSeenHeld(object, outside, step));
        };
        for (int round = 0; round < ROUNDS; round++) {
            List<DumpThread> held =
                    all.stream().filter(isHeld).map(Waits::thread).toList();
            held.forEach(group::remove); // from now on their stacks count
            all.removeIf(waits -> !group.contains(waits.thread));
            if (held.isEmpty()) {
                return;
            }
        }
    }

    private boolean canBe(DumpThread thread) {
        boolean waits = scene.of(thread).isSuspended() || thread.state() == Thread.State.TIMED_WAITING;
        if (!waits || scene.threads.isMain(thread) || scene.is(scene.threads.object(thread), NoCarrier.CARRIER)) {
            return false;
        }
        if (scene.of(thread).waitsForOwner() && scene.of(thread).owner() == null) { // nobody knows who goes on first
            return false;
        }
        return canBe.computeIfAbsent(thread.stack(), Islands::canBe);
    }

    /** Whether a thread with a stack waits in code of the program, and for what comes from within. */
    private static boolean canBe(Stack stack) {
        boolean ofProgram = stack.frames().stream().anyMatch(frame -> !frame.isJdk() || WORKERS.contains(frame.type()));
        return ofProgram
                && stack.jdk().stream().noneMatch(frame -> OUTSIDE.stream().anyMatch(frame.type()::startsWith));
    }

    /** What would let a thread leave the island if something outside led to it: more than itself, or nothing. */
    private List<Integer> through(DumpThread thread) {
        int[] on = isKnown(thread) ? scene.threads.waitsOn(thread) : new int[0];
        if (on.length == 0) {
            int loader = loaderOfCaller(thread);
            on = loader < 0 ? on : new int[] {loader};
        }
        return IntStream.concat(IntStream.of(scene.threads.object(thread)), Arrays.stream(on))
                .distinct()
                .boxed()
                .toList();
    }

    /** What loaded the class of the innermost frame that is not code of the JDK, or -1. */
    private int loaderOfCaller(DumpThread thread) {
        Stacks.Frame caller = thread.stack().caller();
        DumpClass type = caller == null ? null : scene.heap.classById(caller.typeId());
        return type == null ? -1 : scene.heap.find(type.loaderId());
    }

    /** Whether what it waits on is what wakes it, and not a mere label of code that parks by itself. */
    private static boolean isKnown(DumpThread thread) {
        Stack stack = thread.stack();
        if (stack.get(0).isOf("java.lang.Object")) {
            return true;
        }
        return stack.jdk().stream()
                .anyMatch(frame -> frame.type().startsWith("java.util.concurrent.")
                        && !frame.isOf("java.util.concurrent.locks.LockSupport"));
    }

    /** Whether the program itself limits the wait: then it looks up from time to time, as a watchdog does. */
    private static boolean hasOwnLimit(DumpThread thread) {
        int jdk = ThreadFacts.jdkFrames(thread);
        if (jdk == 0 || jdk >= thread.stack().size()) {
            return false;
        }
        Stacks.Frame called = thread.stack().get(jdk - 1);
        boolean isSleep = called.isOf("java.lang.Thread") || called.isOf("java.util.concurrent.TimeUnit");
        return !isSleep
                && (called.signature().contains("J") || called.signature().contains("Ljava/time/Duration;"));
    }

    /** Whether it is an idle worker that its pool lets end after a time, or the thread of a timer without tasks. */
    private static boolean endsByItself(DumpThread thread) {
        Stack stack = thread.stack();
        if (thread.state() != Thread.State.TIMED_WAITING) {
            return stack.frames().stream().anyMatch(frame -> frame.isOf("java.util.TimerThread"));
        }
        for (int i = 1; i < stack.size(); i++) {
            if (stack.get(i).isOf(POOL) && stack.get(i).method().equals("getTask")) {
                return stack.get(i - 1).method().equals("poll");
            }
        }
        return ThreadFacts.isIn(thread, FORK_JOIN, "awaitWork", "deactivate");
    }
}
