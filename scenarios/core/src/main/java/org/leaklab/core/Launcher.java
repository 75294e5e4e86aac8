package org.leaklab.core;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThreads;
import org.leaklab.core.text.Printable;

/**
 * Starts named threads of one kind, knows each thread until its task ends, and can end the threads that are left.
 *
 * <p>Its platform threads are daemons. A launcher has a limit of live threads and never starts more. So a leak shows as
 * a {@link ThreadLimitException} before it takes the process down. The limit is {@value #PLATFORM_LIMIT} platform
 * threads or {@value #VIRTUAL_LIMIT} virtual threads, unless {@link #of(ThreadKind, int)} sets another one.
 *
 * <p>Invariant: a thread is in {@link #live()} from before it starts until everything that runs on it has ended: its
 * task, and after a failure the {@linkplain #onFailure failure handler}. A thread that was never started is not in it.
 * Safe for use by any number of threads.
 */
public final class Launcher implements AutoCloseable {

    /** The default limit of live platform threads. Each reserves about 1 MB of address space. */
    public static final int PLATFORM_LIMIT = 10_000;

    /** The default limit of live virtual threads. Each retains 1 to 3 KB of heap while it is parked. */
    public static final int VIRTUAL_LIMIT = 2_000_000;

    private static final Duration STANDSTILL_LOOK = Duration.ofMillis(10);

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
        Launchers.add(live);
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
        refuseAfterShutdown(name);
        Launch launch = new Launch(this, live, name, task);
        try {
            if (live.add(launch)) {
                refuseAfterShutdown(name); // once more: a shutdown that comes from now on sees this one live
                live.hooks().starting(launch);
                launch.start(live.hooks());
                return launch;
            }
        } catch (Throwable thrown) {
            launch.abandoned = true; // two writes first: if the stack is full, a call may fail as well
            live.abandoned = true;
            if (thrown instanceof OutOfMemoryError) {
                throw new ThreadLimitException(
                        "the system cannot start another " + kindName() + " thread: \"" + Printable.of(name)
                                + "\" would be live thread " + (live.count() + 1)
                                + "; bound the number of threads or end those that are stuck",
                        thrown);
            }
            throw thrown;
        }
        throw limitReached(name);
    }

    private ThreadLimitException limitReached(String name) {
        return new ThreadLimitException(
                "limit of " + limit + " live " + kindName() + " threads reached, \"" + Printable.of(name)
                        + "\" not started: bound the number of threads or end those that are stuck",
                null);
    }

    private void refuseAfterShutdown(String name) {
        if (shutDown) {
            throw new ShutDownException(shutDownBefore(name));
        }
    }

    private static String shutDownBefore(String name) {
        return "the launcher is shut down and cannot start thread \"" + Printable.of(name) + "\"";
    }

    /**
     * A factory for executors and libraries that start threads themselves. This launcher knows the threads that the
     * factory makes.
     *
     * <p>Such a thread counts as live from its start, like any other. One that is never started does not count, and the
     * launcher does not hold it. The factory makes no thread while as many as the limit are live. A thread that it made
     * before is not kept from starting, so the launcher may then have more live threads than its limit. A thread that
     * is started after the shutdown begins interrupted. A system that cannot start another thread shows as an
     * {@link OutOfMemoryError} when the thread is started.
     *
     * <p>{@link ThreadFactory#newThread} throws a {@link ThreadLimitException} at the limit, and a
     * {@link RejectedExecutionException} after the shutdown.
     *
     * @param name the name of all its threads
     */
    public ThreadFactory factory(String name) {
        return body -> {
            rejectAfterShutdown(name);
            Launch launch = new Launch(this, live, name, Launch.of(body));
            if (!live.expect(launch)) {
                throw limitReached(name);
            }
            return launch.thread();
        };
    }

    /**
     * An executor that starts one thread for each task. It throws a {@link ThreadLimitException} at the limit, or if
     * the system cannot start another thread, and a {@link RejectedExecutionException} after the shutdown.
     *
     * @param name the name of all its threads
     */
    public Executor executor(String name) {
        return body -> {
            rejectAfterShutdown(name);
            Task task = Launch.of(body);
            try {
                start(name, task);
            } catch (ShutDownException e) { // it came between the two
                throw new RejectedExecutionException(e.getMessage(), e);
            }
        };
    }

    private void rejectAfterShutdown(String name) {
        if (shutDown) {
            throw new RejectedExecutionException(shutDownBefore(name));
        }
    }

    /** Called by a thread that a factory made, as its first act. */
    void begun(Launch launch) {
        live.begin(launch);
        if (shutDown) { // after it was made; a shutdown that comes from now on sees this one live
            launch.thread().interrupt();
        }
        live.hooks().starting(launch);
    }

    /** What is told of a failure. */
    BiConsumer<Launched, Throwable> failureHandler() {
        return failureHandler;
    }

    LiveThreads liveThreads() {
        return live;
    }

    /** Called by an ending thread when nothing runs on it any more. */
    void gone(Launch launch) {
        live.remove(launch);
    }

    private static void log(Launched launched, Throwable failure) {
        LOG.log(System.Logger.Level.WARNING, "thread \"" + Printable.of(launched.name()) + "\" failed", failure);
    }

    /**
     * Sets what happens when a task throws an exception other than {@link InterruptedException} and
     * {@link java.util.concurrent.CancellationException}. The default is to log a warning. The handler replaces the one
     * before it. It runs on the failing thread, which is in {@link #live()} until the handler has returned. What the
     * handler throws goes to the thread's {@linkplain Thread#getUncaughtExceptionHandler() uncaught exception handler}.
     */
    public void onFailure(BiConsumer<Launched, Throwable> handler) {
        failureHandler = handler;
    }

    /**
     * The threads on which something still runs, in the order in which they were made. The list is a snapshot: it does
     * not change.
     */
    public List<Launched> live() {
        List<Launched> snapshot = live.snapshot(Launched.class);
        snapshot.sort(Comparator.comparingLong(Launched::startedAt));
        return snapshot;
    }

    /** On how many threads something still runs: as many as {@link #live()} has. */
    public int liveCount() {
        return live.count();
    }

    /**
     * Waits until at most {@code count} threads are live, or the timeout runs out. Each ending thread wakes the waiting
     * thread. A thread that counts no more runs no code of yours any more, but may take a moment to end.
     *
     * @return true if at most {@code count} threads are live, false if the time ran out
     * @throws InterruptedException if the current thread is interrupted while it waits
     */
    public boolean awaitLive(int count, Duration timeout) throws InterruptedException {
        return live.await(count, timeout);
    }

    /**
     * Waits until every thread has ended, without a time limit. Gives up only if all live threads wait without limit
     * for each other.
     *
     * <p>This method looks at the threads every 10 ms. It takes them as blocked if, for 200 ms, every look finds the
     * same threads in the same waits, and each of them waits without a time limit for what only another thread can
     * give: a primitive of this package, a monitor, or a lock, queue or synchronizer of {@code java.util.concurrent}. A
     * thread is not blocked in this sense if it sleeps, if a timeout, a deadline of its context or of its group ends
     * its wait, or if it waits inside the JDK for something else: a socket, a process, another thread's end, a future.
     * Nor does this method give up while an {@linkplain Context#onDone action} of yours runs after a deadline, or will.
     *
     * <p>A thread that this launcher does not know could still wake one of them. If the program has such threads, use
     * {@link #awaitLive} instead.
     *
     * @throws AllBlockedException if all live threads are blocked, so that none of them can wake another; they stay as
     *     they are
     * @throws IllegalStateException if the current thread is one of this launcher's: it would wait for itself
     * @throws InterruptedException if the current thread is interrupted
     */
    public void join() throws InterruptedException {
        refuseOwnThread("join");
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
     * <p>A probe of a detector hides threads for moments. If it hides all that are left when the patience is over, this
     * method waits up to two seconds more, to know them.
     *
     * @param patience how long to wait in all
     * @return the threads that have not ended; empty if all have ended
     * @throws InterruptedException if the current thread is interrupted; threads may still run then
     */
    public List<Launched> shutdownNow(Duration patience) throws InterruptedException {
        shutDown = true;
        return Shutdown.within(this, patience);
    }

    /**
     * {@linkplain #shutdownNow Shuts down} and waits until all threads have ended, however long that takes, as
     * {@link java.util.concurrent.ExecutorService#close()} does. If the current thread is interrupted, the wait goes
     * on, and the interrupt flag is set again at the end. After ten seconds this method logs a warning that names the
     * threads that do not end. To wait for a limited time, call {@link #shutdownNow}.
     *
     * @throws IllegalStateException if the current thread is one of this launcher's, which would wait for itself; the
     *     launcher is shut down then, and all threads are interrupted
     */
    @Override
    public void close() {
        if (isOwnThread()) {
            shutDown = true;
            Shutdown.interrupt(live());
            refuseOwnThread("close");
        }
        shutDown = true;
        Shutdown.completely(this);
    }

    private boolean isOwnThread() {
        return live.isLive(Thread.currentThread());
    }

    private void refuseOwnThread(String what) {
        if (isOwnThread()) {
            throw new IllegalStateException(
                    what + " by thread \"" + Printable.of(Thread.currentThread().getName())
                            + "\" of the launcher itself: it would wait for its own end");
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

    /** The launcher is shut down. */
    private static final class ShutDownException extends IllegalStateException {
        private ShutDownException(String message) {
            super(message);
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
                    .map(launched ->
                            "\"" + Printable.of(launched.name()) + "\" at " + Standstill.place(launched.thread()))
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
