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
 * Starts named threads of one kind, knows each until it ends, and can end those that are left.
 *
 * <p>Platform threads it starts are daemons. It never starts more than its limit, so a leak shows as a
 * {@link ThreadLimitException} before it takes the process down: {@value #PLATFORM_LIMIT} live platform threads,
 * {@value #VIRTUAL_LIMIT} live virtual ones, unless {@link #of(ThreadKind, int)} says otherwise.
 *
 * <p>Invariant: a launched thread is in {@link #live()} from before its start until after its task ended. Safe for use
 * by any number of threads.
 */
public final class Launcher implements AutoCloseable {

    /** Platform threads that a launcher keeps alive at most by default; each reserves about 1 MB of address space. */
    public static final int PLATFORM_LIMIT = 10_000;

    /** Virtual threads that a launcher keeps alive at most by default; each retains 1 to 3 KB of heap when parked. */
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

    /** A launcher for threads of a kind, with the default limit of that kind. */
    public static Launcher of(ThreadKind kind) {
        return new Launcher(kind, kind == ThreadKind.PLATFORM ? PLATFORM_LIMIT : VIRTUAL_LIMIT);
    }

    /** A launcher that keeps at most {@code limit} threads alive at a time. */
    public static Launcher of(ThreadKind kind, int limit) {
        return new Launcher(kind, limit);
    }

    /** The kind of thread it starts. */
    public ThreadKind kind() {
        return kind;
    }

    /**
     * Starts a thread.
     *
     * @throws ThreadLimitException if as many threads as the limit allows are alive, or the system cannot start one
     *     more
     * @throws IllegalStateException if the launcher has been shut down
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
            throw new IllegalStateException("the launcher is shut down: it starts no thread \"" + name + "\"");
        }
    }

    /** A factory whose threads this launcher knows, for executors and libraries that start threads themselves. */
    public ThreadFactory factory(String name) {
        return body -> prepare(name, Launch.of(body)).thread();
    }

    /** An executor that starts one thread a task. */
    public Executor executor(String name) {
        return body -> start(name, Launch.of(body));
    }

    /** Called by an ending thread. */
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
     * Says what happens when a task fails other than by interrupt or cancellation. By default it is logged as a
     * warning. The handler runs on the failing thread.
     */
    public void onFailure(BiConsumer<Launched, Throwable> handler) {
        failureHandler = handler;
    }

    /** The threads whose tasks have not ended, in order of their start; a snapshot. */
    public List<Launched> live() {
        List<Launched> snapshot = live.snapshot(Launched.class);
        snapshot.sort(Comparator.comparingLong(Launched::startedAt));
        return snapshot;
    }

    /** How many threads have not ended. */
    public int liveCount() {
        return live.count();
    }

    /**
     * Waits until at most {@code count} threads are left; woken by threads that end.
     *
     * @return whether that came about in time
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean awaitLive(int count, Duration timeout) throws InterruptedException {
        return live.await(count, timeout);
    }

    /**
     * Waits until every thread has ended, however long that takes, unless all that are left are blocked.
     *
     * <p>Blocked means {@link Thread.State#WAITING} without a timeout, at an unchanged place, for the whole of 200 ms.
     * It is a look from outside: a thread that this launcher does not know could still wake one of them, so wait with
     * {@link #awaitLive} where such threads exist.
     *
     * @throws AllBlockedException if every thread that is left is blocked: nobody here can wake anybody
     * @throws InterruptedException if the waiting thread is interrupted
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
     * Ends all that is left: interrupts every thread, repeatedly, and waits for their end. Starts no thread from then
     * on. May be called again.
     *
     * @param patience how long to wait in all
     * @return the threads that still have not ended; empty when all is well
     * @throws InterruptedException if the waiting thread is interrupted
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
     * {@link #shutdownNow Shuts down} with a patience of ten seconds.
     *
     * @throws IllegalStateException if a thread does not end
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

    /** What a launched thread runs. It may fail in any way; the launcher keeps the failure. */
    @FunctionalInterface
    public interface Task {
        /** Runs the task on the launched thread. */
        void run() throws Exception;
    }

    /**
     * A launcher refused to start one more thread: its limit was reached, or the system had none left to give.
     *
     * <p>The clear counterpart of {@code OutOfMemoryError: unable to create native thread}, and of a process killed for
     * its memory.
     */
    public static final class ThreadLimitException extends RejectedExecutionException {
        private ThreadLimitException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Every thread that is waited for is itself blocked without limit: a deadlock. Thrown by {@link #join()}.
     *
     * <p>The counterpart of Go's {@code fatal error: all goroutines are asleep - deadlock!}.
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
            return "all tasks blocked (deadlock): " + blocked.size() + " live, and nobody among them can wake another: "
                    + places + more;
        }

        /** The blocked threads, in order of their start. */
        public List<Launched> blocked() {
            return blocked;
        }
    }
}
