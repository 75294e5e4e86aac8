package org.leaklab.heapdump.suite;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launcher.Task;
import org.leaklab.core.ThreadKind;

/**
 * Where one copy of a shape plays: starts its threads, of one kind, with the label in the name, and knows them only
 * until all of them stand: whoever holds a thread changes its verdict, and be it weakly.
 *
 * <p>A thread's name is {@code label/kind/shape/number}, as in {@code certain/virtual/FutureShapes.chain/7}.
 */
final class Stage {

    /** What the living program holds: reachable from a static field. */
    static final List<Object> ALIVE = Collections.synchronizedList(new ArrayList<>());

    private static final long LOOK_NANOS = 50_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final List<Actor> ACTORS = Collections.synchronizedList(new ArrayList<>());
    private static final List<String> FAILURES = Collections.synchronizedList(new ArrayList<>());
    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    private final String shape;
    private final ThreadKind kind;

    Stage(String shape, ThreadKind kind) {
        this.shape = shape;
        this.kind = kind;
    }

    /** A thread, by its name, and the state in which it stays. */
    private record Actor(WeakReference<Thread> thread, String name, Thread.State state) {

        @Override
        public String toString() {
            Thread now = thread.get();
            return name + " is " + (now == null ? "collected" : now.getState()) + ", not " + state;
        }

        @Nullable
        List<StackTraceElement> stack() {
            Thread now = thread.get();
            return now == null || now.getState() != state ? null : List.of(now.getStackTrace());
        }
    }

    ThreadKind kind() {
        return kind;
    }

    boolean isVirtual() {
        return kind == ThreadKind.VIRTUAL;
    }

    /** Something alive holds this from now on. */
    static void keep(Object object) {
        ALIVE.add(object);
    }

    /** Starts a thread that waits for ever, and returns once it waits. */
    Thread start(Label label, Task task) {
        return start(label, Thread.State.WAITING, task);
    }

    /** Starts a thread and returns once it has come to the state in which it stays. */
    Thread start(Label label, Thread.State state, Task task) {
        Thread thread = begin(label, state, task);
        awaitState(thread, thread.getName(), state);
        return thread;
    }

    /** Starts a thread that comes to its final state only by what the shape does next. */
    Thread begin(Label label, Thread.State state, Task task) {
        String name = name(kind, label);
        Thread thread = unstarted(kind, name, state, body(task));
        thread.start();
        return thread;
    }

    /** The same shape over the other kind of thread, in a run that has both. */
    Stage other() {
        ThreadKind other = isVirtual() ? ThreadKind.PLATFORM : ThreadKind.VIRTUAL;
        return new Stage(shape, Suite.kinds().contains(other) ? other : kind);
    }

    /** A thread that has a timed wait ahead and holds something on its stack alone. */
    Thread sleeper(Object held) {
        return start(Label.HEALTHY, Thread.State.TIMED_WAITING, () -> {
            Thread.sleep(TimeUnit.HOURS.toMillis(1));
            Reference.reachabilityFence(held);
        });
    }

    /** A thread that nobody can wake, and that holds something on its stack alone. */
    Thread leaked(Object held) {
        return start(Label.CERTAIN, () -> {
            new CountDownLatch(1).await();
            Reference.reachabilityFence(held);
        });
    }

    /** A thread that waits without limit for what something alive can give, and holds something on its stack alone. */
    Thread waiter(Object held) {
        CountDownLatch latch = new CountDownLatch(1);
        keep(latch);
        return start(Label.HEALTHY, () -> {
            latch.await();
            Reference.reachabilityFence(held);
        });
    }

    /** For pools: names and labels the threads that it makes; the pool starts them. */
    ThreadFactory factory(Label label, Thread.State state) {
        return body -> unstarted(kind, name(kind, label), state, body);
    }

    /** For threads of classes of their own: names, labels and starts one. */
    void enter(Thread thread, Label label, Thread.State state) {
        thread.setName(name(kind, label));
        ACTORS.add(new Actor(new WeakReference<>(thread), thread.getName(), state));
        thread.start();
        awaitState(thread, thread.getName(), state);
    }

    /** For threads that others make and run: names and labels the current one. */
    void adopt(Label label, Thread.State state) {
        Thread thread = Thread.currentThread();
        String name = name(ThreadKind.of(thread), label);
        thread.setName(name);
        ACTORS.add(new Actor(new WeakReference<>(thread), name, state));
    }

    private Thread unstarted(ThreadKind of, String name, Thread.State state, Runnable body) {
        Thread thread = of == ThreadKind.VIRTUAL
                ? Thread.ofVirtual().name(name).unstarted(body)
                : Thread.ofPlatform().name(name).daemon().unstarted(body);
        ACTORS.add(new Actor(new WeakReference<>(thread), name, state));
        return thread;
    }

    /**
     * A lambda alone stands between the thread's beginning and its task, as in the threads of many programs. It does
     * not hold the name, which is alive: compiled code would leave in doubt whether that is what the thread waits on.
     */
    private static Runnable body(Task task) {
        return () -> {
            try {
                task.run();
                FAILURES.add(Thread.currentThread().getName() + " ended");
            } catch (Throwable e) {
                FAILURES.add(Thread.currentThread().getName() + " failed: " + e);
            }
        };
    }

    private String name(ThreadKind of, Label label) {
        String start = label.word() + "/" + of.name().toLowerCase(Locale.ROOT) + "/" + shape + "/";
        synchronized (NUMBERS) {
            return start + NUMBERS.merge(start, 1, Integer::sum);
        }
    }

    private static void awaitState(Thread thread, String name, Thread.State state) {
        List<StackTraceElement> before = List.of();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            boolean stands = thread.getState() == state;
            List<StackTraceElement> now = List.of(thread.getStackTrace());
            if (stands && thread.getState() == state && now.equals(before)) {
                return;
            }
            before = stands ? now : List.of();
            check(deadline, name + " is " + thread.getState() + ", not " + state);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Lets go of all threads. */
    static void forget() {
        ACTORS.clear();
    }

    /** The names of all threads, once two whole looks in a row saw every one stand still at the same place. */
    static List<String> settled() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        List<List<StackTraceElement>> before = List.of();
        while (true) {
            List<List<StackTraceElement>> now = new ArrayList<>();
            String astray = null;
            for (Actor actor : List.copyOf(ACTORS)) {
                List<StackTraceElement> stack = actor.stack();
                now.add(stack == null ? List.of() : stack);
                astray = stack == null ? actor.toString() : astray;
            }
            if (!FAILURES.isEmpty()) {
                throw new IllegalStateException("threads of the suite ended: " + FAILURES);
            }
            if (astray == null && now.equals(before)) {
                return ACTORS.stream().map(Actor::name).toList();
            }
            before = now;
            check(deadline, astray == null ? "some thread moves on" : astray);
            LockSupport.parkNanos(100 * LOOK_NANOS);
        }
    }

    /** Waits for what must come about. */
    static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            check(deadline, what + " did not come about");
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static void check(long deadline, String complaint) {
        if (System.nanoTime() - deadline > 0) {
            throw new IllegalStateException(complaint + "; failures: " + FAILURES);
        }
    }
}
