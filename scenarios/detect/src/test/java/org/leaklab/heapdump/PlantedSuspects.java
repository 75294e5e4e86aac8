package org.leaklab.heapdump;

import java.io.File;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.core.ThreadKind;
import org.leaklab.testing.Eventually;

/**
 * A program whose threads say in their names why they are to be suspected: the reason, a colon and what the thread
 * does. Those whose names begin with {@code calm} are healthy twins of these and not to be suspected. Prints "ready"
 * when all wait, and ends when its standard input does.
 */
public final class PlantedSuspects {

    /** What is in here can be reached. */
    static final List<Object> KEPT = new ArrayList<>();

    private final ThreadKind kind;
    private final List<Thread> started = new ArrayList<>();

    private PlantedSuspects(ThreadKind kind) {
        this.kind = kind;
    }

    public static void main(String[] args) throws Exception {
        for (ThreadKind kind : ThreadKind.values()) {
            if (args.length == 0 || args[0].equals(kind.name())) {
                new PlantedSuspects(kind).plant();
            }
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until whoever started this is done
        }
        Runtime.getRuntime().halt(0);
    }

    private ThreadFactory named(String name) {
        return task -> {
            Thread thread = kind == ThreadKind.VIRTUAL
                    ? Thread.ofVirtual().name(name).unstarted(task)
                    : Thread.ofPlatform().name(name).daemon().unstarted(task);
            started.add(thread);
            return thread;
        };
    }

    private Thread start(String name, Callable<?> task) {
        Thread thread = named(name).newThread(() -> {
            try {
                task.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    private <T> T kept(T object) {
        KEPT.add(object);
        return object;
    }

    private void plant() throws Exception {
        starvation();
        behind();
        longWaits();
        islands();
        freeLock();
        started.forEach(thread -> Eventually.until(() -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING, TERMINATED -> true;
            default -> false;
        }));
        started.clear();
    }

    /** Two tasks of a pool of two begin, and only then each of them waits for something. */
    private void both(ExecutorService pool, Callable<?> wait) throws InterruptedException {
        CyclicBarrier begun = new CyclicBarrier(2);
        CountDownLatch ready = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            pool.execute(() -> {
                try {
                    begun.await();
                    ready.countDown();
                    wait.call();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        ready.await();
    }

    private ExecutorService pool(String name) {
        return kept(Executors.newFixedThreadPool(2, named(name)));
    }

    private void starvation() throws Exception {
        ExecutorService gets = pool("pool-starvation: gets");
        both(gets, () -> gets.submit(() -> "x").get());
        ExecutorService joins = pool("pool-starvation: joins");
        both(
                joins,
                () -> CompletableFuture.supplyAsync(() -> "x", joins)
                        .thenApply(String::length)
                        .join());
        ExecutorService awaits = pool("pool-starvation: awaits");
        both(awaits, () -> {
            CountDownLatch latch = new CountDownLatch(1);
            awaits.execute(latch::countDown);
            latch.await();
            return latch;
        });
        if (kind == ThreadKind.PLATFORM) {
            ForkJoinPool forks = kept(new ForkJoinPool(2));
            both(forks, () -> {
                Thread.currentThread().setName("pool-starvation: forks");
                FutureTask<String> task = new FutureTask<>(() -> "x");
                forks.execute(task);
                return task.get();
            });
        }
        ReentrantLock lock = kept(new ReentrantLock());
        ExecutorService locks = pool("pool-starvation: locks");
        both(locks, () -> {
            lock.lock();
            return locks.submit(() -> "x").get();
        });
        ExecutorService left = kept(Executors.newFixedThreadPool(1, named("pool-starvation: asks the other pool")));
        ExecutorService right = kept(Executors.newFixedThreadPool(1, named("pool-starvation: asks the other pool")));
        CyclicBarrier begun = new CyclicBarrier(2);
        left.submit(() -> {
            begun.await();
            return right.submit(() -> "x").get();
        });
        right.submit(() -> {
            begun.await();
            return left.submit(() -> "x").get();
        });
        ExecutorService larger = kept(Executors.newFixedThreadPool(3, named("calm has a third worker")));
        both(larger, () -> kept(new FutureTask<>(() -> "x")).get());
        ExecutorService held = pool("calm awaits what is held");
        both(held, () -> {
            CountDownLatch latch = kept(new CountDownLatch(1));
            held.execute(latch::countDown);
            latch.await();
            return latch;
        });
        ExecutorService timed = pool("calm gets with a limit");
        both(timed, () -> timed.submit(() -> "x").get(1, TimeUnit.HOURS));
    }

    private void behind() throws Exception {
        Thread leaked = start("leaked", () -> new SynchronousQueue<String>().take());
        start("behind: joins", () -> {
            leaked.join(1_000_000);
            return leaked;
        });
        start("behind: closes", () -> {
            try (ExecutorService tasks = Executors.newThreadPerTaskExecutor(named("leaked task"))) {
                return tasks.submit(() -> new SynchronousQueue<String>().take());
            }
        });
        ReentrantLock lock = kept(new ReentrantLock());
        CountDownLatch owned = new CountDownLatch(1);
        start("leaked owner", () -> {
            lock.lock();
            owned.countDown();
            return new SynchronousQueue<String>().take();
        });
        owned.await();
        start("behind: tries to lock", () -> lock.tryLock(1, TimeUnit.HOURS));
        FutureTask<String> task = kept(new FutureTask<>(() -> new SynchronousQueue<String>().take()));
        start("leaked runner", () -> {
            task.run();
            return task;
        });
        start("behind: gets", task::get);
        ThreadFactory suppliers = named("leaked supplier");
        CompletableFuture<String> future = kept(CompletableFuture.supplyAsync(
                () -> new CompletableFuture<String>().join(),
                supply -> suppliers.newThread(supply).start()));
        start("behind: joins a future", future::join);
        ExecutorService own = kept(Executors.newFixedThreadPool(1, named("behind: closes its own pool")));
        own.execute(own::close);
        Thread sleeper = start("calm sleeps", () -> {
            Thread.sleep(1_000_000);
            return "slept";
        });
        start("calm joins", () -> {
            sleeper.join(1_000_000);
            return sleeper;
        });
    }

    private void longWaits() {
        LinkedBlockingQueue<String> queue = kept(new LinkedBlockingQueue<>());
        Object monitor = kept(new Object());
        start("long-wait: sleeps", () -> {
            Thread.sleep(Long.MAX_VALUE);
            return "slept";
        });
        start("long-wait: sleeps for a duration", () -> {
            Thread.sleep(Duration.ofDays(30));
            return "slept";
        });
        start("long-wait: polls", () -> queue.poll(365, TimeUnit.DAYS));
        start("long-wait: waits", () -> {
            synchronized (monitor) {
                monitor.wait(Long.MAX_VALUE);
            }
            return monitor;
        });
        start("long-wait: parks", () -> {
            LockSupport.parkNanos(kept(new Object()), TimeUnit.DAYS.toNanos(2));
            return "parked";
        });
        start("long-wait: polls as configured", () -> new Client(queue, TimeUnit.DAYS.toMillis(24)).ask());
        start("calm polls as configured", () -> new Client(queue, TimeUnit.HOURS.toMillis(24) - 1).ask());
        start("calm polls", () -> queue.poll(1, TimeUnit.HOURS));
        start("calm waits", () -> {
            synchronized (monitor) {
                monitor.wait(3_600_000);
            }
            return monitor;
        });
    }

    /** Passes its limit on, and takes off it what has passed, as pools of connections do. */
    private record Client(BlockingQueue<String> answers, long millis) {

        String ask() throws InterruptedException {
            return ask(millis);
        }

        private String ask(long hardLimit) throws InterruptedException {
            long left = hardLimit;
            long begin = System.currentTimeMillis();
            String answer;
            do {
                answer = take(left, TimeUnit.MILLISECONDS);
                left = hardLimit - (System.currentTimeMillis() - begin);
            } while (answer == null && left > 0);
            return answer;
        }

        private String take(long limit, TimeUnit unit) throws InterruptedException {
            long nanos = unit.toNanos(limit);
            return answers.poll(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void islands() throws Exception {
        periodic(Executors.newScheduledThreadPool(1, named("island: periodic")));
        periodic(kept(Executors.newScheduledThreadPool(1, named("calm periodic"))));
        start("island: reads a pipe", () -> {
            PipedInputStream in = new PipedInputStream();
            try (PipedOutputStream out = new PipedOutputStream(in)) {
                return in.read() + out.hashCode();
            }
        });
        start("calm reads a pipe", () -> {
            PipedInputStream in = kept(new PipedInputStream());
            try (PipedOutputStream out = new PipedOutputStream(in)) {
                return in.read() + out.hashCode();
            }
        });
        start("calm polls alone", () -> new LinkedBlockingQueue<String>().poll(1, TimeUnit.HOURS));
        if (kind == ThreadKind.PLATFORM) {
            timer(new Timer("island: timer", true));
            timer(kept(new Timer("calm timer", true)));
            new Timer("calm timer without tasks", true);
        }
        ExecutorService cached = Executors.newCachedThreadPool(named("calm idle worker that ends"));
        cached.submit(() -> "x").get();
        start("island: sleeps in an application", undeployed());
        start("calm sleeps in an application", kept(undeployed()));
    }

    private static void periodic(ScheduledExecutorService scheduler) {
        scheduler.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.HOURS);
    }

    private static void timer(Timer timer) {
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        // as often as it comes
                    }
                },
                1_000_000,
                1_000_000);
    }

    /** A task of a class that nothing but the task leads to. */
    private static Callable<?> undeployed() throws Exception {
        List<URL> path = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            path.add(Path.of(part).toUri().toURL());
        }
        ClassLoader loader = new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
        return (Callable<?>)
                loader.loadClass(Sleeps.class.getName()).getConstructor().newInstance();
    }

    /** Sleeps. */
    public static final class Sleeps implements Callable<String> {

        @Override
        public String call() throws InterruptedException {
            Thread.sleep(1_000_000);
            return "slept";
        }
    }

    /** A lock that is free, while one waits for it: the JDK does that only by mistake, so it is made by force. */
    private void freeLock() throws Exception {
        ReentrantLock lock = kept(new ReentrantLock());
        lock.lock();
        start("lock-free: locks", () -> {
            lock.lock();
            return lock;
        });
        Eventually.until(lock::hasQueuedThreads);
        Thread waiting = started.getLast();
        Eventually.until(() -> waiting.getState() == Thread.State.WAITING);
        var field = ReentrantLock.class.getDeclaredField("sync");
        field.setAccessible(true);
        Object sync = field.get(lock);
        call(AbstractOwnableSynchronizer.class, sync, "setExclusiveOwnerThread", Thread.class, null);
        call(AbstractQueuedSynchronizer.class, sync, "setState", int.class, 0);
        ReentrantLock owned = kept(new ReentrantLock());
        CountDownLatch has = new CountDownLatch(1);
        start("calm owner sleeps", () -> {
            owned.lock();
            has.countDown();
            Thread.sleep(1_000_000);
            return owned;
        });
        has.await();
        start("calm locks", () -> {
            owned.lock();
            return owned;
        });
    }

    private static void call(Class<?> declaring, Object on, String name, Class<?> type, Object argument)
            throws Exception {
        Method method = declaring.getDeclaredMethod(name, type);
        method.setAccessible(true);
        method.invoke(on, argument);
    }
}
