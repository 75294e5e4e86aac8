package org.leaklab.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.wait.Nanos;

/**
 * Starts named threads of one kind, knows each until it ends, and can release those that are left.
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

    private static final System.Logger LOG = System.getLogger(Launcher.class.getName());

    private final ThreadKind kind;
    private final int limit;
    private final LiveThreads live;
    private final Resources resources = new Resources();
    private final Observers observers = new Observers();
    private final Ends ends;
    private volatile BiConsumer<Launched, Throwable> failureHandler = Launcher::log;
    private volatile boolean released;
    private volatile boolean collectable = Collectable.byDefault();
    private final AtomicBoolean probed = new AtomicBoolean();

    @SuppressWarnings("UnusedVariable") // written so that the work is not optimized away
    private long sink;

    private Launcher(ThreadKind kind, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a launcher needs a limit of at least 1 thread, not " + limit);
        }
        this.kind = kind;
        this.limit = limit;
        this.live = new LiveThreads(limit);
        this.ends = new Ends(this, live);
        Launchers.add(this);
    }

    /** The live threads of every launcher in this JVM that somebody still holds or that has live threads. */
    public static List<Launched> allLive() {
        List<Launched> all = new ArrayList<>();
        for (Launcher launcher : Launchers.all()) {
            all.addAll(launcher.live());
        }
        return all;
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
     * @throws IllegalStateException if the launcher has been released
     */
    public Launched start(String name, Task task) {
        Launch launch = prepare(name, task);
        try {
            launch.start(collectable);
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
        refuseAfterRelease(name);
        Launch launch = new Launch(this, name, task);
        if (!live.add(launch)) {
            throw new ThreadLimitException(
                    "limit of " + limit + " live " + kindName() + " threads reached, \"" + name
                            + "\" not started: bound the number of threads or end those that are stuck",
                    null);
        }
        try {
            refuseAfterRelease(name); // once more: a release that comes from now on sees this one live
        } catch (IllegalStateException e) {
            live.remove(launch);
            throw e;
        }
        observers.started(launch);
        return launch;
    }

    private void refuseAfterRelease(String name) {
        if (released) {
            throw new IllegalStateException("the launcher is released: it starts no thread \"" + name + "\"");
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
        observers.finished(launch, failure);
        live.remove(launch);
        ends.tell();
        if (failure != null && !isEnding(failure)) {
            failureHandler.accept(launch, failure);
        }
    }

    private static boolean isEnding(Throwable failure) {
        return failure instanceof Released
                || failure instanceof InterruptedException
                || failure instanceof CancellationException;
    }

    private static void log(Launched launched, Throwable failure) {
        LOG.log(System.Logger.Level.WARNING, "thread \"" + launched.name() + "\" failed", failure);
    }

    /**
     * Says what happens when a task fails other than by interrupt, cancellation or release. By default it is logged as
     * a warning. The handler runs on the failing thread.
     */
    public void onFailure(BiConsumer<Launched, Throwable> handler) {
        failureHandler = handler;
    }

    /** Attaches an observer to every start and finish from now on. */
    public void attach(LaunchObserver observer) {
        observers.attach(observer);
    }

    /** Detaches an observer; it may still be called for events that are under way. */
    public void detach(LaunchObserver observer) {
        observers.detach(observer);
    }

    /**
     * From now on starts virtual threads so that nothing in the JDK holds them, which the garbage collector needs to
     * tell whether anybody can still reach them. Costs a fraction of a microsecond a start, or nothing where the JVM
     * runs with {@code -Djdk.trackAllThreads=false}, and then it is so always.
     */
    public void startCollectable(boolean on) {
        collectable = on || Collectable.byDefault();
    }

    /**
     * Lets go of {@linkplain Launched#isCollectable() collectable} threads: holds them weakly until the answer is
     * closed. Whoever calls this must not hold one of them either.
     *
     * @param which the threads to let go of; asked of collectable ones only
     * @param revive whether a thread that a collection finds unreachable is brought back; only where the collector
     *     leaves stacks of unreachable threads whole for finalizers: G1, Parallel and Serial do
     * @throws IllegalStateException if an earlier answer has not been closed
     */
    public LetGo letGo(Predicate<? super Launched> which, boolean revive) {
        if (!probed.compareAndSet(false, true)) {
            throw new IllegalStateException("one probe at a time: an earlier one of this launcher is not closed");
        }
        return new LetGo(live, which, revive, this::endProbe);
    }

    private void endProbe() {
        ends.tell(); // some may be gone for good
        probed.set(false);
    }

    /** Called when a collection has brought back a thread after its probe was over. */
    void takeBack(Suspect suspect) {
        LetGo.takeBack(live, suspect);
        ends.tell();
    }

    /** The threads whose tasks have not ended, in order of their start; a snapshot. */
    public List<Launched> live() {
        List<Launched> snapshot = live.snapshot();
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
        return ends.await(count, timeout);
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
        while (!awaitLive(0, Duration.ofNanos(Ends.LOOK_NANOS))) {
            if (standstill.look(live())) {
                throw AllBlockedException.of(live());
            }
        }
    }

    /**
     * One unit of work, about a microsecond of arithmetic, for loops that heed nothing else: it notices neither
     * interrupts nor contexts, as real computation does not. It ends only with the launcher.
     *
     * @throws Released once the launcher releases its threads
     */
    public void work() {
        if (released) {
            throw new Released();
        }
        long x = System.identityHashCode(this) | 1L;
        for (int i = 0; i < 500; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        if (x == 42) { // never for an odd seed in practice, but the compiler cannot know
            sink = x;
        }
    }

    /**
     * Remembers a resource that {@link #release} closes before it interrupts: a socket, say, on which threads block.
     */
    public <R extends AutoCloseable> R closing(R resource) {
        resources.add(resource);
        return resource;
    }

    /**
     * Ends all that is left: closes the {@linkplain #closing resources} (last first), lets {@link #work()} throw,
     * interrupts every thread, repeatedly, and waits for their end. Starts no thread from then on. May be called again.
     *
     * @param patience how long to wait in all
     * @return the threads that still have not ended; empty when all is well
     * @throws InterruptedException if the releasing thread is interrupted
     */
    public List<Launched> release(Duration patience) throws InterruptedException {
        released = true;
        long deadline = System.nanoTime() + Nanos.of(patience);
        resources.close();
        List<Launched> left = live();
        while (!left.isEmpty()) {
            for (Launched launched : left) {
                launched.thread().interrupt();
            }
            long nanos = deadline - System.nanoTime();
            boolean gone = awaitLive(0, Duration.ofNanos(Math.min(5 * Ends.LOOK_NANOS, Math.max(0, nanos))));
            List<Launched> ended = left.stream().filter(l -> !l.isLive()).toList();
            for (Launched launched : ended) { // its task is over: only a few instructions are left
                launched.thread().join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
            left = live();
            if (!gone && nanos <= 0) {
                break;
            }
            resources.close(); // those that came meanwhile
        }
        return left;
    }

    /**
     * {@link #release Releases} with a patience of ten seconds.
     *
     * @throws IllegalStateException if a thread does not end
     */
    @Override
    public void close() {
        try {
            List<Launched> left = release(Duration.ofSeconds(10));
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
}
