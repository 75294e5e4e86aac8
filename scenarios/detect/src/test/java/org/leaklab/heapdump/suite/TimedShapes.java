package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.HEALTHY;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.Thread.State;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher.Task;

/** Waits with a limit, on what nobody else has: they end by themselves. */
@SuppressWarnings("WaitNotInLoop") // these waits do not return while anybody looks
final class TimedShapes {

    /** Longer than any run; in milliseconds. */
    static final long HOUR = TimeUnit.HOURS.toMillis(1);

    private TimedShapes() {}

    private static void timed(Stage stage, Task task) {
        stage.start(HEALTHY, State.TIMED_WAITING, task);
    }

    @Shape
    static void sleep(Stage stage) {
        timed(stage, () -> Thread.sleep(HOUR));
    }

    @Shape
    static void sleepForCenturies(Stage stage) {
        timed(stage, () -> Thread.sleep(Long.MAX_VALUE));
    }

    @Shape
    static void parkNanos(Stage stage) {
        timed(stage, () -> LockSupport.parkNanos(new Object(), TimeUnit.HOURS.toNanos(1)));
    }

    @Shape
    static void parkUntil(Stage stage) {
        timed(stage, () -> LockSupport.parkUntil(System.currentTimeMillis() + HOUR));
    }

    @Shape
    static void monitor(Stage stage) {
        timed(stage, () -> {
            Object monitor = new Object();
            synchronized (monitor) {
                monitor.wait(HOUR);
            }
        });
    }

    @Shape
    static void poll(Stage stage) {
        timed(stage, () -> new LinkedBlockingQueue<>().poll(1, TimeUnit.HOURS));
    }

    @Shape
    static void offer(Stage stage) {
        ArrayBlockingQueue<Object> full = new ArrayBlockingQueue<>(1);
        full.add(1);
        timed(stage, () -> full.offer(2, 1, TimeUnit.HOURS));
    }

    @Shape
    static void handOver(Stage stage) {
        timed(stage, () -> new SynchronousQueue<>().offer(1, 1, TimeUnit.HOURS));
    }

    @Shape
    static void exchange(Stage stage) {
        timed(stage, () -> new Exchanger<>().exchange(1, 1, TimeUnit.HOURS));
    }

    @Shape
    static void latch(Stage stage) {
        timed(stage, () -> new CountDownLatch(1).await(1, TimeUnit.HOURS));
    }

    @Shape
    static void barrier(Stage stage) {
        timed(stage, () -> new CyclicBarrier(2).await(1, TimeUnit.HOURS));
    }

    @Shape
    static void phaser(Stage stage) {
        timed(stage, () -> new Phaser(1).awaitAdvanceInterruptibly(0, 1, TimeUnit.HOURS));
    }

    @Shape
    static void semaphore(Stage stage) {
        timed(stage, () -> new Semaphore(0).tryAcquire(1, TimeUnit.HOURS));
    }

    @Shape
    static void lock(Stage stage) {
        ReentrantLock locked = new ReentrantLock();
        locked.lock();
        timed(stage, () -> locked.tryLock(1, TimeUnit.HOURS));
    }

    @Shape
    static void condition(Stage stage) {
        timed(stage, () -> {
            ReentrantLock lock = new ReentrantLock();
            lock.lock();
            lock.newCondition().await(1, TimeUnit.HOURS);
        });
    }

    @Shape
    static void stampedLock(Stage stage) {
        StampedLock locked = new StampedLock();
        locked.writeLock();
        timed(stage, () -> locked.tryReadLock(1, TimeUnit.HOURS));
    }

    @Shape
    static void future(Stage stage) {
        timed(stage, () -> new CompletableFuture<>().get(1, TimeUnit.HOURS));
    }

    @Shape
    static void referenceQueue(Stage stage) {
        timed(stage, () -> new ReferenceQueue<>().remove(HOUR));
    }

    @Shape
    static void channel(Stage stage) {
        timed(stage, () -> Channel.unbuffered().receive(Duration.ofHours(1)));
    }

    /** Looks every second whether its writer lives: a limit in disguise. */
    @Shape
    static void pipedStream(Stage stage) {
        timed(stage, () -> {
            try (PipedInputStream in = new PipedInputStream(new PipedOutputStream())) {
                in.read();
            }
        });
    }
}
