package org.leaklab.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A program with virtual threads that nobody can wake, and with others, named so. It does what it reads from its
 * standard input, and prints a line for each.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for these tasks
final class LiveTarget {

    private static final List<Thread> HELD = Collections.synchronizedList(new ArrayList<>());
    private static final List<Thread> SUBMITTED = Collections.synchronizedList(new ArrayList<>());
    private static final List<String> INTERRUPTED = Collections.synchronizedList(new ArrayList<>());
    private static final CountDownLatch LIVE = new CountDownLatch(1);
    private static final ExecutorService EXECUTOR = executor("executor-");
    private static final List<Object> FINALIZED = Collections.synchronizedList(new ArrayList<>());
    private static final Map<Object, String> WEAK = new WeakHashMap<>();
    private static final List<byte[]> FILLED = new ArrayList<>();
    private static final int THREADS = 20;

    /** A permit for each scope that has started its threads. */
    private static final Semaphore SCOPED = new Semaphore(0);

    private LiveTarget() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (String each : arguments) {
            plant(each);
        }
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(line));
        }
    }

    private static String answer(String line) throws InterruptedException {
        return switch (line) {
            case "sets" -> JdkSets.now();
            case "class path" -> String.valueOf(JdkSets.classPath());
            case "wake" -> {
                LIVE.countDown();
                yield "woken";
            }
            case "set handlers" -> {
                Thread.ofPlatform().daemon().name("sets handlers").start(LiveTarget::setHandlers);
                yield "begun";
            }
            case "held" -> String.valueOf(HELD.stream().filter(Thread::isAlive).count());
            case "shut down" -> {
                EXECUTOR.shutdown();
                yield "shut down";
            }
            case "shut down now" -> {
                EXECUTOR.shutdownNow();
                yield "shut down";
            }
            case "interrupted" -> {
                List<String> names = new ArrayList<>(INTERRUPTED);
                names.sort(null);
                yield names.toString();
            }
            case "terminated" -> String.valueOf(EXECUTOR.isTerminated());
            case "finalized" -> String.valueOf(FINALIZED.size());
            case "launchers" -> LauncherPlants.now();
            case "shut launchers down" -> LauncherPlants.shutDown();
            case "inside" -> InsideTarget.probe();
            case "inside, interrupted" -> InsideTarget.probeInterrupted();
            case "page" -> InsideTarget.page();
            case "unseen" -> InsideTarget.unseen();
            case "fill" -> {
                fill();
                yield "filled";
            }
            case "empty" -> {
                FILLED.clear();
                yield "emptied";
            }
            case "threads" ->
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("leaklab-live"))
                        .sorted()
                        .toList()
                        .toString();
            default -> throw new IllegalArgumentException(line);
        };
    }

    private static void plant(String what) {
        switch (what) {
            case "root" -> {
                for (int i = 0; i < THREADS; i++) {
                    begin(Thread.ofVirtual().name("leaked-" + i), LiveTarget::leak);
                    begin(Thread.ofVirtual().name("live-" + i), LIVE::await);
                    HELD.add(begin(Thread.ofVirtual().name("held-" + i), LIVE::await));
                }
            }
            case "stubborn" ->
                begin(Thread.ofVirtual().name("stubborn"), () -> {
                    CountDownLatch never = new CountDownLatch(1);
                    while (true) {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            INTERRUPTED.add("stubborn");
                        }
                    }
                });
            case "many" -> {
                for (int i = 0; i < 1500; i++) {
                    begin(Thread.ofVirtual().name("many-" + i), LIVE::await);
                }
            }
            case "handler" ->
                begin(
                        Thread.ofVirtual().name("leaked-handler").uncaughtExceptionHandler(new Handler()),
                        LiveTarget::leak);
            case "executor" -> {
                EXECUTOR.execute(interruptible(LiveTarget::leak));
                EXECUTOR.submit(interruptible(LiveTarget::leak));
                EXECUTOR.execute(interruptible(LIVE::await));
                EXECUTOR.submit(interruptible(() -> {
                    SUBMITTED.add(Thread.currentThread());
                    LIVE.await();
                }));
            }
            case "own executor" ->
                // nobody but this leaked thread reaches the executor, whose thread leaks as well
                begin(Thread.ofVirtual().name("leaked-owner"), () -> {
                    ExecutorService own = executor("leaked-own-");
                    own.submit(interruptible(LiveTarget::leak));
                    leak();
                    own.shutdown();
                });
            case "scope" -> {
                begin(Thread.ofVirtual().name("scope"), () -> scope("leaked-in-scope", LIVE::await));
                SCOPED.acquireUninterruptibly();
            }
            case "leaked scope" -> {
                begin(Thread.ofVirtual().name("leaked-scope"), () -> scope("leaked-in-leaked", LiveTarget::leak));
                SCOPED.acquireUninterruptibly();
            }
            case "finalizer" -> begin(Thread.ofVirtual().name("saved"), new Saved()::await);
            case "woken" -> {
                begin(Thread.ofVirtual().name("ends"), new Woken()::await);
                begin(Thread.ofVirtual().name("goes on"), () -> {
                    new Woken().await();
                    LIVE.await();
                });
            }
            case "chain" -> {
                // the executor's thread could wake the other one, after an interrupt
                CountDownLatch next = new CountDownLatch(1);
                EXECUTOR.execute(interruptible(() -> {
                    try {
                        leak();
                    } finally {
                        next.countDown();
                    }
                }));
                begin(Thread.ofVirtual().name("behind"), next::await);
            }
            case "stuck finalizer" -> {
                makeStuck();
                collect();
            }
            case "weak" -> {
                CountDownLatch latch = new CountDownLatch(1);
                begin(Thread.ofVirtual().name("known weakly"), latch::await);
                WEAK.put(latch, "");
            }
            case "launcher", "collectable", "own launcher" -> LauncherPlants.plant(what, LiveTarget::leak, LIVE::await);
            case "joined" ->
                // to a collection the stack of a platform thread is alive, so a probe cannot find what stands in it
                begin(Thread.ofPlatform().daemon().name("joins"), () -> {
                    Thread joined = begin(Thread.ofVirtual().name("joined"), LiveTarget::leak);
                    joined.join();
                });
            case "timed" -> begin(Thread.ofVirtual().name("timed"), () -> Thread.sleep(1_000_000));
            case "monitor" ->
                begin(Thread.ofVirtual().name("monitor"), () -> {
                    Object monitor = new Object();
                    synchronized (monitor) {
                        monitor.wait();
                    }
                });
            default -> throw new IllegalArgumentException(what);
        }
    }

    interface Wait {
        void await() throws InterruptedException;
    }

    private static void leak() throws InterruptedException {
        new SynchronousQueue<String>().take();
    }

    private static Runnable interruptible(Wait wait) {
        return () -> {
            try {
                wait.await();
            } catch (InterruptedException e) {
                INTERRUPTED.add(Thread.currentThread().getName());
            }
        };
    }

    /** Gives threads another handler a thousand times a second: also while a probe has hung its own on them. */
    private static void setHandlers() {
        try {
            while (LIVE.getCount() > 0) {
                SUBMITTED.forEach(thread -> thread.setUncaughtExceptionHandler(new Handler()));
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread begin(Thread.Builder builder, Wait wait) {
        Thread thread = builder.unstarted(interruptible(wait));
        thread.start();
        return thread;
    }

    private static ExecutorService executor(String prefix) {
        ThreadFactory factory = Thread.ofVirtual().name(prefix, 0).factory();
        return Executors.newThreadPerTaskExecutor(factory);
    }

    /** Leaves next to no room in the heap. */
    private static void fill() {
        for (int size = 1 << 20; size >= 1 << 10; ) {
            try {
                FILLED.add(new byte[size]);
            } catch (OutOfMemoryError e) {
                size /= 2;
            }
        }
    }

    /** A structured scope with a leaked thread and another one; its owner waits for both. */
    private static void scope(String name, Wait other) {
        try {
            Class<?> type = Class.forName("jdk.internal.misc.ThreadFlock");
            Object scope = invoke(type, null, "open", "scope");
            invoke(type, scope, "start", Thread.ofVirtual().name(name).unstarted(interruptible(LiveTarget::leak)));
            invoke(
                    type,
                    scope,
                    "start",
                    Thread.ofVirtual().name(name + "-other").unstarted(interruptible(other)));
            SCOPED.release();
            invoke(type, scope, "awaitAll");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object invoke(Class<?> type, @Nullable Object object, String name, Object... arguments)
            throws ReflectiveOperationException {
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
                method.setAccessible(true);
                return method.invoke(object, arguments);
            }
        }
        throw new NoSuchMethodException(name);
    }

    private static void makeStuck() {
        new Stuck();
    }

    @SuppressWarnings("SystemGc")
    private static void collect() {
        System.gc();
    }

    private static final class Handler implements Thread.UncaughtExceptionHandler {
        @Override
        public void uncaughtException(Thread thread, Throwable e) {}
    }

    /** Its finalizer hands it to the living, who could wake the thread that waits on it. */
    private static final class Saved {

        private final CountDownLatch latch = new CountDownLatch(1);

        void await() throws InterruptedException {
            latch.await();
        }

        @Override
        @SuppressWarnings({"deprecation", "removal", "Finalize"})
        protected void finalize() {
            FINALIZED.add(this);
        }
    }

    /** Its finalizer wakes the thread that waits on it. */
    private static final class Woken {

        private final CountDownLatch latch = new CountDownLatch(1);

        void await() throws InterruptedException {
            latch.await();
        }

        @Override
        @SuppressWarnings({"deprecation", "removal", "Finalize"})
        protected void finalize() {
            latch.countDown();
        }
    }

    private static final class Stuck {
        @Override
        @SuppressWarnings({"deprecation", "removal", "Finalize"})
        protected void finalize() throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }
}
