package org.leaklab.bench.stuck;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launcher.Task;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Threads;

/**
 * Threads that are stuck all in the same way: at the bottom of so many calls, each with so many bytes in its hands.
 *
 * <p>Not safe for use by several threads.
 */
public final class StuckThreads implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WARM_VIRTUAL = 20_000;
    private static final int WARM_PLATFORM = 4_000;
    private static final int WARM_CALLS = 1_500_000;
    private static final int BATCH = 1_000;
    private static final long LOOK_MILLIS = 3;
    private static final Set<Thread.State> STILL =
            EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.BLOCKED);

    private final StuckOn on;
    private final int depth;
    private final int payload;
    private final Crowd crowd;
    private final Task wait;
    private final Task body = this::getStuck; // one for all, so that none is added for each
    private volatile @Nullable Throwable failed;

    /** None as yet; a launcher will hold them. */
    public StuckThreads(StuckOn on, ThreadKind kind, int depth, int payload) {
        this(on, kind, depth, payload, Holder.LAUNCHER);
    }

    /** None as yet. */
    public StuckThreads(StuckOn on, ThreadKind kind, int depth, int payload, Holder holder) {
        this.on = on;
        this.depth = depth;
        this.payload = payload;
        Threads threads = Threads.of(kind);
        threads.onFailure((launched, failure) -> failed = failure); // in the end sockets are closed under them
        wait = on.prepare(threads);
        crowd = holder == Holder.LAUNCHER
                ? new Crowd.OfLauncher(threads, body)
                : new PlainThreads(
                        kind,
                        threads,
                        on.most(kind, payload) + 1,
                        holder == Holder.NOBODY,
                        body,
                        failure -> failed = failure);
    }

    /**
     * Gets threads stuck in this way, and frees them, until the code that they run is compiled. A thread that got stuck
     * in interpreted code retains about twice as much, so a population that begins cold is not linear in its size.
     */
    public static void warmUp(StuckOn on, ThreadKind kind, int depth, int payload) throws InterruptedException {
        warmUp(on, kind, depth, payload, Holder.LAUNCHER);
    }

    /** The same with the code by which threads are started for a holder. */
    public static void warmUp(StuckOn on, ThreadKind kind, int depth, int payload, Holder holder)
            throws InterruptedException {
        Holder freed = holder == Holder.NOBODY ? Holder.ARRAY : holder; // what nobody holds could not be ended
        int threads = kind == ThreadKind.VIRTUAL ? WARM_VIRTUAL : WARM_PLATFORM;
        threads = Math.min(threads, Math.max(2 * BATCH, WARM_CALLS / (depth + 1)));
        int most = Math.min(BATCH, on.most(kind, payload));
        for (int started = 0; started < threads; started += most) {
            try (StuckThreads batch = new StuckThreads(on, kind, depth, payload, freed)) {
                batch.add(most);
            }
        }
    }

    /**
     * Adds threads, and returns when all of them are stuck.
     *
     * @throws IllegalStateException if they are not within a minute
     */
    public void add(int count) throws InterruptedException {
        int expected = crowd.count() + count;
        for (int i = 0; i < count; i++) {
            crowd.start();
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int looks = 0; looks < 2; looks = allStill(expected) ? looks + 1 : 0) { // a wait in native code may pass
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "of " + expected + " threads that should be stuck on " + on.word() + ", " + crowd.count()
                                + " are alive and not all of them wait",
                        failed);
            }
        }
        crowd.stuck();
    }

    private boolean allStill(int expected) throws InterruptedException {
        Thread.sleep(LOOK_MILLIS);
        return crowd.count() == expected && crowd.held().stream().allMatch(this::isStill);
    }

    /**
     * Checks that so many threads are stuck. If nothing is to hold the threads, it also checks that; call it after a
     * collection then.
     *
     * @throws IllegalStateException if not so many threads are stuck as were added, or if somebody holds those that
     *     nobody was to hold
     */
    public void check(int expected) {
        long still = crowd.count()
                - crowd.held().stream().filter(thread -> !isStill(thread)).count();
        if (still != expected) {
            throw new IllegalStateException(
                    "of " + expected + " threads stuck on " + on.word() + " only " + still + " are stuck still",
                    failed);
        }
        if (!crowd.stillHeld().isEmpty()) {
            throw new IllegalStateException(crowd.stillHeld());
        }
    }

    /**
     * States only: to ask a platform thread for its stack would make it touch more of it. One that waits for a socket
     * runs, for all that Java knows, but in native code.
     */
    private boolean isStill(Thread thread) {
        if (on != StuckOn.SOCKET || thread.isVirtual()) {
            return STILL.contains(thread.getState());
        }
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.threadId());
        return info != null && info.isInNative();
    }

    private void getStuck() throws Exception {
        byte @Nullable [] held = payload == 0 ? null : new byte[payload];
        descend(depth, 1, 2);
        Reference.reachabilityFence(held);
    }

    /** Calls itself, with something to come back to, and waits at the bottom. */
    private long descend(int left, long one, long other) throws Exception {
        if (left == 0) {
            wait.run();
            return one;
        }
        return descend(left - 1, other, one + left) + other;
    }

    /** How many there are. */
    public int count() {
        return crowd.count();
    }

    List<StackTraceElement> stackOfOne() {
        return List.of(crowd.held().getFirst().getStackTrace());
    }

    /** Frees them all. */
    @Override
    public void close() throws InterruptedException {
        if (!crowd.end(PATIENCE)) {
            throw new IllegalStateException(crowd.count() + " threads stuck on " + on.word() + " do not end");
        }
    }
}
