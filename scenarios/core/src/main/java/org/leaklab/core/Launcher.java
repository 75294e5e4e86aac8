package org.leaklab.core;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThreads;
import org.leaklab.core.wait.Nanos;

/**
 * Starts named threads of one kind, knows each thread until its task ends, and can end the threads that are left.
 *
 * <p>Its platform threads are daemons. A launcher has a limit of live threads and never starts more. So a leak shows as
 * a {@link ThreadLimitException} before it takes the process down. The limit is {@value #PLATFORM_LIMIT} platform
 * threads or {@value #VIRTUAL_LIMIT} virtual threads, unless {@link #of(ThreadKind, int)} sets another one.
 *
 * <p>Invariant: a thread is in {@link #live()} from before its start until after its task ended. Safe for use by any
 * number of threads.
 */
public final class Launcher implements AutoCloseable {

    /** The default limit of live platform threads. Each reserves about 1 MB of address space. */
    public static final int PLATFORM_LIMIT = 10_000;

    /** The default limit of live virtual threads. Each retains 1 to 3 KB of heap while it is parked. */
    public static final int VIRTUAL_LIMIT = 2_000_000;

    private static final Duration STANDSTILL_LOOK = Duration.ofMillis(10);
    private static final long BETWEEN_INTERRUPTS_NANOS = 50_000_000;

    private static final System.Logger LOG = System.getLogger(Launcher.class.getName());

    private final ThreadKind kind;
    private final int limit;
    private final LiveThreads live;
    private volatile BiConsumer<Launched, Throwable> failureHandler = Launcher::log;
    private volatile boolean shutDown;

    private Launcher(ThreadKind kind, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a launcher needs a limit of at least 1 thread, not " + limit);
        }
        this.kind = kind;
        this.limit = limit;
        this.live = new LiveThreads(this, limit);
        Launchers.add(this, live);
    }

    /** A new launcher for threads of a kind, with the default limit of that kind. */
    public static Launcher of(ThreadKind kind) {
        return new Launcher(kind, kind == ThreadKind.PLATFORM ? PLATFORM_LIMIT : VIRTUAL_LIMIT);
    }

    /**
     * A new launcher for threads of a kind.
     *
     * @param limit how many threads may be live at a time
     * @throws IllegalArgumentException if the limit is less than 1
     */
    public static Launcher of(ThreadKind kind, int limit) {
        return new Launcher(kind, limit);
    }

    /** The kind of thread that it starts. */
    public ThreadKind kind() {
        return kind;
    }

    /**
     * Starts a thread that runs the task. Does not wait.
     *
     * @throws ThreadLimitException if the launcher has as many live threads as its limit allows, or if the system
     *     cannot start another thread
     * @throws IllegalStateException if the launcher is shut down
     */
    public Launched start(String name, Task task) {
        Launch launch = prepare(name, task);
        try {
            launch.start(live.hooks());
        } catch (OutOfMemoryError e) {
            launch.abandon();
            live.remove(launch);
            throw new ThreadLimitException(
                    "the system cannot start another " + kindName() + " thread: \"" + name + "\" would be live thread "
                            + (live.count() + 1) + "; bound the number of threads or end those that are stuck",
                    e);
        }
        return launch;
    }

    private Launch prepare(String name, Task task) {
        refuseAfterShutdown(name);
        Launch launch = new Launch(this, live, name, task);
        if (!live.add(launch)) {
            throw new ThreadLimitException(
                    "limit of " + limit + " live " + kindName() + " threads reached, \"" + name
                            + "\" not started: bound the number of threads or end those that are stuck",
                    null);
        }
        try {
            refuseAfterShutdown(name); // once more: a shutdown that comes from now on sees this one live
        } catch (IllegalStateException e) {
            live.remove(launch);
            throw e;
        }
        live.hooks().starting(launch);
        return launch;
    }

    private void refuseAfterShutdown(String name) {
        if (shutDown) {
            throw new IllegalStateException("the launcher is shut down and cannot start thread \"" + name + "\"");
        }
    }

    /**
     * A factory for executors and libraries that start threads themselves. This launcher knows the threads that the
     * factory makes.
     *
     * <p>Such a thread counts as live as soon as the factory has made it. If it is never started, it counts as live for
     * ever. {@link ThreadFactory#newThread} throws the same exceptions as {@link #start}, except that a system which
     * cannot start another thread shows only when the thread is started, as an {@link OutOfMemoryError}.
     *
     * @param name the name of all its threads
     */
    public ThreadFactory factory(String name) {
        return body -> prepare(name, Launch.of(body)).thread();
    }

    /**
     * An executor that starts one thread for each task. It throws the same exceptions as {@link #start}.
     *
     * @param name the name of all its threads
     */
    public Executor executor(String name) {
        return body -> start(name, Launch.of(body));
    }

    /** Called by an ending thread, as its last act. */
    void ended(Launch launch, @Nullable Throwable failure) {
        live.hooks().ended(launch, failure);
        live.remove(launch);
        if (failure != null && !isEnding(failure)) {
            failureHandler.accept(launch, failure);
        }
    }

    private static boolean isEnding(Throwable failure) {
        return failure instanceof InterruptedException || failure instanceof CancellationException;
    }

    private static void log(Launched launched, Throwable failure) {
        LOG.log(System.Logger.Level.WARNING, "thread \"" + launched.name() + "\" failed", failure);
    }

    /**
     * Sets what happens when a task throws an exception other than {@link InterruptedException} and
     * {@link CancellationException}. The default is to log a warning. The handler replaces the one before it. It runs
     * on the failing thread, after the thread has left {@link #live()}.
     */
    public void onFailure(BiConsumer<Launched, Throwable> handler) {
        failureHandler = handler;
    }

    /**
     * The threads whose tasks have not ended, in the order of their start. The list is a snapshot: it does not change.
     */
    public List<Launched> live() {
        List<Launched> snapshot = live.snapshot(Launched.class);
        snapshot.sort(Comparator.comparingLong(Launched::startedAt));
        return snapshot;
    }

    /** How many threads have not ended their tasks. */
    public int liveCount() {
        return live.count();
    }

    /**
     * Waits until at most {@code count} threads are live, or the timeout runs out. Each ending thread wakes the waiting
     * thread. The failure handler of a thread may still run after this method has returned.
     *
     * @return true if at most {@code count} threads are live, false if the time ran out
     * @throws InterruptedException if the current thread is interrupted while it waits
     */
    public boolean awaitLive(int count, Duration timeout) throws InterruptedException {
        return live.await(count, timeout);
    }

    /**
     * Waits until every task has ended, without a time limit. Gives up only if all live threads are blocked.
     *
     * <p>This method looks at the threads every 10 ms. It takes them as blocked if, for 200 ms, every look finds the
     * same threads, each in state {@link Thread.State#WAITING} or {@link Thread.State#BLOCKED} with the same
     * {@linkplain java.util.concurrent.locks.LockSupport#getBlocker blocker}. A thread that waits with a timeout is not
     * blocked.
     *
     * <p>A thread that this launcher does not know could still wake one of them. If the program has such threads, use
     * {@link #awaitLive} instead.
     *
     * @throws AllBlockedException if all live threads are blocked, so that none of them can wake another; they stay as
     *     they are
     * @throws InterruptedException if the current thread is interrupted
     */
    public void join() throws InterruptedException {
        Standstill standstill = new Standstill();
        while (!awaitLive(0, STANDSTILL_LOOK)) {
            if (standstill.look(live())) {
                throw new AllBlockedException(live());
            }
        }
    }

    /**
     * Ends all threads that are left: interrupts each thread, again every 50 ms, and waits until all have ended or the
     * patience is over. From now on the launcher starts no thread. May be called again.
     *
     * @param patience how long to wait in all
     * @return the threads that have not ended; empty if all have ended
     * @throws InterruptedException if the current thread is interrupted; threads may still run then
     */
    public List<Launched> shutdownNow(Duration patience) throws InterruptedException {
        shutDown = true;
        long deadline = System.nanoTime() + Nanos.of(patience);
        List<Launched> left = live();
        while (!left.isEmpty()) {
            for (Launched launched : left) {
                launched.thread().interrupt();
            }
            long nanos = deadline - System.nanoTime();
            boolean gone = awaitLive(0, Duration.ofNanos(Math.min(BETWEEN_INTERRUPTS_NANOS, Math.max(0, nanos))));
            List<Launched> ended = left.stream().filter(l -> !l.isLive()).toList();
            for (Launched launched : ended) { // its task is over: only a few instructions are left
                launched.thread().join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
            left = live();
            if (!gone && nanos <= 0) {
                break;
            }
        }
        return left;
    }

    /**
     * {@linkplain #shutdownNow Shuts down} and waits at most ten seconds. If the current thread is interrupted, the
     * wait ends early, the interrupt flag is set again, and threads may still run.
     *
     * @throws IllegalStateException if a thread has not ended after ten seconds
     */
    @Override
    public void close() {
        try {
            List<Launched> left = shutdownNow(Duration.ofSeconds(10));
            if (!left.isEmpty()) {
                throw new IllegalStateException("these threads do not end: " + left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String kindName() {
        return kind == ThreadKind.PLATFORM ? "platform" : "virtual";
    }

    /** What a launched thread runs. It may throw any exception: {@link Launched#failure()} returns the exception. */
    @FunctionalInterface
    public interface Task {
        /** Runs the task on the launched thread. */
        void run() throws Exception;
    }

    /**
     * A launcher did not start a thread: the launcher has reached its limit, or the system cannot start another thread.
     *
     * <p>Without a launcher, the program would get {@code OutOfMemoryError: unable to create native thread}, or the
     * system would kill the process for its use of memory.
     */
    public static final class ThreadLimitException extends RejectedExecutionException {
        private ThreadLimitException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * All live threads of a launcher are blocked without a time limit: a deadlock. Thrown by {@link #join()}.
     *
     * <p>It is the counterpart of Go's {@code fatal error: all goroutines are asleep - deadlock!}.
     */
    public static final class AllBlockedException extends IllegalStateException {

        private static final int SHOWN = 10;

        private final transient List<Launched> blocked;

        private AllBlockedException(List<Launched> blocked) {
            super(message(blocked));
            this.blocked = List.copyOf(blocked);
        }

        private static String message(List<Launched> blocked) {
            String places = blocked.stream()
                    .limit(SHOWN)
                    .map(launched -> "\"" + launched.name() + "\" at " + Standstill.place(launched.thread()))
                    .collect(Collectors.joining(", "));
            String more = blocked.size() > SHOWN ? " and " + (blocked.size() - SHOWN) + " more" : "";
            return "all tasks blocked (deadlock): " + blocked.size() + " live, and none of them can wake another: "
                    + places + more;
        }

        /** The blocked threads, in the order of their start. */
        public List<Launched> blocked() {
            return blocked;
        }
    }
}
