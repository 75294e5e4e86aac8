package org.leaklab.bench.stuck;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launcher;
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
    private final Threads threads;
    private final Launcher launcher;
    private final Task wait;
    private volatile @Nullable Throwable failed;

    /** None as yet. */
    public StuckThreads(StuckOn on, ThreadKind kind, int depth, int payload) {
        this.on = on;
        this.depth = depth;
        this.payload = payload;
        threads = Threads.of(kind);
        launcher = threads.launcher();
        threads.onFailure((launched, failure) -> failed = failure); // in the end sockets are closed under them
        wait = on.prepare(threads);
    }

    /**
     * Gets threads stuck in this way, and frees them, until the code that they run is compiled. A thread that got stuck
     * in interpreted code retains about twice as much, so a population that begins cold is not linear in its size.
     */
    public static void warmUp(StuckOn on, ThreadKind kind, int depth, int payload) throws InterruptedException {
        int threads = kind == ThreadKind.VIRTUAL ? WARM_VIRTUAL : WARM_PLATFORM;
        threads = Math.min(threads, Math.max(2 * BATCH, WARM_CALLS / (depth + 1)));
        int most = Math.min(BATCH, on.most(kind, payload));
        for (int started = 0; started < threads; started += most) {
            try (StuckThreads batch = new StuckThreads(on, kind, depth, payload)) {
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
        int expected = launcher.liveCount() + count;
        for (int i = 0; i < count; i++) {
            launcher.start("stuck", () -> stuckWith(new byte[payload]));
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int looks = 0; looks < 2; looks = allStill(expected) ? looks + 1 : 0) { // a wait in native code may pass
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "of " + expected + " threads that should be stuck on " + on.word() + ", " + launcher.liveCount()
                                + " are alive and not all of them wait",
                        failed);
            }
        }
    }

    private boolean allStill(int expected) throws InterruptedException {
        Thread.sleep(LOOK_MILLIS);
        return areStill(expected);
    }

    private boolean areStill(int expected) {
        return launcher.liveCount() == expected
                && launcher.live().stream().allMatch(launched -> isStill(launched.thread()));
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

    private void stuckWith(byte[] held) throws Exception {
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
        return launcher.liveCount();
    }

    /**
     * Sees that so many are still stuck.
     *
     * @throws IllegalStateException if they are not: then nothing was measured beside them
     */
    void check(int expected) {
        if (!areStill(expected)) {
            throw new IllegalStateException("of " + expected + " threads that were stuck on " + on.word() + ", "
                    + launcher.liveCount() + " are alive and not all of them wait");
        }
    }

    List<StackTraceElement> stackOfOne() {
        return List.of(launcher.live().getFirst().thread().getStackTrace());
    }

    /** Frees them all. */
    @Override
    public void close() throws InterruptedException {
        if (!threads.release(PATIENCE).isEmpty()) {
            throw new IllegalStateException(launcher.liveCount() + " threads stuck on " + on.word() + " do not end");
        }
    }
}
