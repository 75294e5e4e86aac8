package org.leaklab.heapdump;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import org.leaklab.core.ThreadKind;
import org.leaklab.testing.Eventually;

/**
 * A program whose threads say in their names what is to be found: {@code certain ...} and {@code held ...} are leaked,
 * {@code alive ...} are not. Prints "ready" when all of them wait, and ends when its standard input does.
 */
public final class Planted {

    private static final int CHAIN = 50;

    /** What is in here is alive. */
    static final List<Object> ALIVE = new ArrayList<>();

    static volatile boolean spin = true;

    private final ThreadKind kind;
    private final List<Thread> started = new ArrayList<>();

    private Planted(ThreadKind kind) {
        this.kind = kind;
    }

    public static void main(String[] args) throws Exception {
        for (ThreadKind kind : ThreadKind.values()) {
            if (args.length == 0 || args[0].equals(kind.name())) {
                new Planted(kind).plant();
            }
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until whoever started this is done
        }
        Runtime.getRuntime().halt(0);
    }

    /** The names of all that leak, of either kind. */
    static Set<String> leakedNames() {
        Set<String> names = new TreeSet<>(List.of(
                "certain puts",
                "certain takes",
                "certain transfers",
                "certain exchanges",
                "certain awaits a latch",
                "certain awaits a barrier",
                "certain awaits a phaser",
                "certain acquires",
                "certain joins a future",
                "certain gets a task",
                "certain locks twice",
                "certain awaits a condition",
                "certain waits",
                "certain left",
                "certain right",
                "certain parks",
                "certain joins",
                "held parks on a queue",
                "held worker"));
        for (int i = 0; i < CHAIN; i++) {
            names.add("certain link " + i);
        }
        return names;
    }

    private void start(String name, Callable<?> task) {
        Thread thread = unstarted(name, () -> {
            try {
                task.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
    }

    private Thread unstarted(String name, Runnable task) {
        Thread thread = kind == ThreadKind.VIRTUAL
                ? Thread.ofVirtual().name(name).unstarted(task)
                : Thread.ofPlatform().name(name).daemon().unstarted(task);
        started.add(thread);
        return thread;
    }

    /** Starts a thread that leaks, and one that does the same to a thing which is alive. */
    private <T> void both(String name, Supplier<T> thing, Wait<T> wait) {
        T lost = thing.get();
        T alive = thing.get();
        ALIVE.add(alive);
        start("certain " + name, () -> wait.on(lost));
        start("alive " + name, () -> wait.on(alive));
    }

    private interface Wait<T> {
        Object on(T thing) throws Exception;
    }

    private void plant() throws Exception {
        queues();
        synchronizers();
        monitors();
        chains();
        others();
        started.forEach(thread -> Eventually.until(() -> isWhereItStays(thread)));
        started.clear(); // what is certain is held by nobody
    }

    private static boolean isWhereItStays(Thread thread) {
        String name = thread.getName();
        if (name.endsWith("spins") || name.endsWith("accepts")) {
            return true;
        }
        boolean enters = name.contains("enters") || name.endsWith("left") || name.endsWith("right");
        return switch (thread.getState()) {
            case BLOCKED -> enters;
            case WAITING, TIMED_WAITING -> !enters; // left and right wait for each other first
            default -> false;
        };
    }

    private void queues() {
        both("puts", SynchronousQueue<String>::new, queue -> {
            queue.put("value");
            return queue;
        });
        both("takes", () -> new ArrayBlockingQueue<String>(1), ArrayBlockingQueue::take);
        both("transfers", LinkedTransferQueue<String>::new, queue -> {
            queue.transfer("value");
            return queue;
        });
        both("exchanges", Exchanger<String>::new, exchanger -> exchanger.exchange("value"));
    }

    private void synchronizers() {
        both("awaits a latch", () -> new CountDownLatch(1), latch -> {
            latch.await();
            return latch;
        });
        both("awaits a barrier", () -> new CyclicBarrier(2), CyclicBarrier::await);
        both("awaits a phaser", () -> new Phaser(2), Phaser::arriveAndAwaitAdvance);
        both("acquires", () -> new Semaphore(0), semaphore -> {
            semaphore.acquire();
            return semaphore;
        });
        both("joins a future", CompletableFuture<String>::new, CompletableFuture::join);
        both("gets a task", () -> new FutureTask<>(() -> "value"), FutureTask::get);
        both("locks twice", StampedLock::new, lock -> lock.writeLock() + lock.writeLock());
        both("awaits a condition", ReentrantLock::new, lock -> {
            Condition condition = lock.newCondition();
            ALIVE.add(lock); // also the lost one's lock: nobody gets at the condition through it
            if (Thread.currentThread().getName().startsWith("alive")) {
                ALIVE.add(condition);
            }
            lock.lock();
            condition.await();
            return lock;
        });
    }

    private void monitors() throws Exception {
        both("waits", Object::new, monitor -> {
            synchronized (monitor) {
                monitor.wait();
            }
            return monitor;
        });
        Object left = new Object();
        Object right = new Object();
        CountDownLatch two = new CountDownLatch(2);
        start("certain left", () -> lockBoth(left, right, two));
        start("certain right", () -> lockBoth(right, left, two));
        Object busy = new Object();
        CountDownLatch owned = new CountDownLatch(1);
        start("alive owner sleeps", () -> {
            synchronized (busy) {
                owned.countDown();
                Thread.sleep(1_000_000);
            }
            return busy;
        });
        owned.await();
        start("alive enters", () -> {
            synchronized (busy) {
                return busy;
            }
        });
        CountDownLatch classOwned = new CountDownLatch(1);
        String holder = kind.name();
        start("alive class owner sleeps", () -> {
            synchronized (kind == ThreadKind.VIRTUAL ? ForVirtual.class : ForPlatform.class) {
                classOwned.countDown();
                Thread.sleep(1_000_000);
            }
            return holder;
        });
        classOwned.await();
        start(
                "alive enters a class",
                () -> kind == ThreadKind.VIRTUAL
                        ? ForVirtual.enter(new Object(), "x")
                        : ForPlatform.enter(new Object(), "x"));
    }

    /** A class of its own for each kind: one sleeps in its monitor. */
    private static final class ForVirtual {
        static synchronized Object enter(Object first, String second) {
            return first + second;
        }
    }

    private static final class ForPlatform {
        static synchronized Object enter(Object first, String second) {
            return first + second;
        }
    }

    private static Object lockBoth(Object first, Object second, CountDownLatch two) throws InterruptedException {
        synchronized (first) {
            two.countDown();
            two.await();
            synchronized (second) {
                return first;
            }
        }
    }

    /** Each thread waits for the one before it, and its stack holds what the next one waits for. */
    private void chains() {
        for (String word : List.of("certain", "alive")) {
            SynchronousQueue<String> first = new SynchronousQueue<>();
            if (word.equals("alive")) {
                ALIVE.add(first);
            }
            SynchronousQueue<String> own = first;
            for (int i = 0; i < CHAIN; i++) {
                SynchronousQueue<String> waitsOn = own;
                SynchronousQueue<String> holds = new SynchronousQueue<>();
                start(word + " link " + i, () -> {
                    String value = waitsOn.take();
                    holds.put(value);
                    return value;
                });
                own = holds;
            }
        }
    }

    private void others() throws Exception {
        start("certain parks", () -> {
            LockSupport.park();
            return "woken";
        });
        start("held parks on a queue", () -> new SynchronousQueue<String>().take());
        ALIVE.add(started.getLast());
        start("alive parks", () -> {
            LockSupport.park();
            return "woken";
        });
        ALIVE.add(started.getLast());
        start("alive parks on a label", () -> {
            LockSupport.park(new Object());
            return "woken";
        });
        ALIVE.add(started.getLast());
        Thread leaked = started.getFirst();
        start("certain joins", () -> {
            leaked.join();
            return leaked;
        });
        start("alive polls", () -> new ArrayBlockingQueue<String>(1).poll(1, TimeUnit.HOURS));
        start("alive spins", () -> {
            while (spin) {
                Thread.sleep(10);
            }
            return "stopped";
        });
        start("alive accepts", () -> new ServerSocket(0, 1, InetAddress.getLoopbackAddress()).accept());
        ExecutorService pool = Executors.newFixedThreadPool(1, task -> unstarted("held worker", task));
        ALIVE.add(pool);
        CountDownLatch begun = new CountDownLatch(1);
        pool.submit(() -> {
            begun.countDown();
            return new SynchronousQueue<String>().take();
        });
        begun.await();
        ExecutorService idle = Executors.newFixedThreadPool(1, task -> unstarted("alive idle worker", task));
        ALIVE.add(idle);
        idle.submit(() -> "done").get();
    }
}
