package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.CERTAIN;
import static org.leaklab.heapdump.suite.Label.HEALTHY;
import static org.leaklab.heapdump.suite.Label.UNLESS_INTERRUPTED;

import java.lang.Thread.State;
import java.lang.ref.Reference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Threads that hold what others wait for. */
final class ChainShapes {

    private static final int LENGTH = 10;

    private ChainShapes() {}

    private static void waitAndHold(CountDownLatch own, Object next) throws InterruptedException {
        own.await();
        Reference.reachabilityFence(next);
    }

    /** Starts a chain at whose head somebody waits for {@code first}; each holds what the next one waits for. */
    private static void chain(Stage stage, Label label, CountDownLatch first, boolean mixed) {
        CountDownLatch own = first;
        Stage now = stage;
        for (int i = 0; i < LENGTH; i++) {
            CountDownLatch awaited = own;
            CountDownLatch next = new CountDownLatch(1);
            now.start(label, () -> waitAndHold(awaited, next));
            own = next;
            now = mixed ? now.other() : now;
        }
    }

    @Shape
    static void leaked(Stage stage) {
        chain(stage, CERTAIN, new CountDownLatch(1), false);
    }

    @Shape
    static void leakedOverBothKinds(Stage stage) {
        chain(stage, CERTAIN, new CountDownLatch(1), true);
    }

    @Shape
    static void alive(Stage stage) {
        CountDownLatch first = new CountDownLatch(1);
        Stage.keep(first);
        chain(stage, HEALTHY, first, false);
    }

    @Shape
    static void aliveOverBothKinds(Stage stage) {
        CountDownLatch first = new CountDownLatch(1);
        Stage.keep(first);
        chain(stage, HEALTHY, first, true);
    }

    @Shape
    static void aliveBySleeper(Stage stage) {
        CountDownLatch first = new CountDownLatch(1);
        stage.sleeper(first);
        chain(stage, HEALTHY, first, false);
    }

    /** A sleeper of the other kind holds on its stack alone what these wait for. */
    @Shape
    static void aliveBySleeperOfTheOtherKind(Stage stage) {
        CountDownLatch first = new CountDownLatch(1);
        stage.other().sleeper(first);
        chain(stage, HEALTHY, first, false);
    }

    /** The head would go on if it were interrupted, and then wake the next one, and so on. */
    @Shape
    static void unlessInterrupted(Stage stage) {
        CountDownLatch next = new CountDownLatch(1);
        Stage.keep(stage.start(UNLESS_INTERRUPTED, () -> waitAndHold(new CountDownLatch(1), next)));
        chain(stage, UNLESS_INTERRUPTED, next, false);
    }

    /** Each of a ring holds what the next one waits for, and the last what the first one waits for. */
    @Shape
    static void ring(Stage stage) {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch third = new CountDownLatch(1);
        stage.start(CERTAIN, () -> waitAndHold(first, second));
        stage.start(CERTAIN, () -> waitAndHold(second, third));
        stage.start(CERTAIN, () -> waitAndHold(third, first));
    }

    @Shape
    static void lockOrderDeadlock(Stage stage) {
        ReentrantLock first = new ReentrantLock();
        ReentrantLock second = new ReentrantLock();
        CyclicBarrier both = new CyclicBarrier(2);
        stage.begin(CERTAIN, State.WAITING, () -> lockBoth(first, second, both));
        stage.begin(CERTAIN, State.WAITING, () -> lockBoth(second, first, both));
    }

    /** Whoever reaches a lock: only its owner can unlock it. */
    @Shape
    static void lockOrderDeadlockOverLivingLocks(Stage stage) {
        ReentrantLock first = new ReentrantLock();
        ReentrantLock second = new ReentrantLock();
        Stage.keep(first);
        Stage.keep(second);
        CyclicBarrier both = new CyclicBarrier(2);
        stage.begin(CERTAIN, State.WAITING, () -> lockBoth(first, second, both));
        stage.begin(CERTAIN, State.WAITING, () -> lockBoth(second, first, both));
    }

    private static void lockBoth(ReentrantLock own, ReentrantLock other, CyclicBarrier both) throws Exception {
        own.lock();
        both.await();
        other.lock();
    }

    /** A leaked thread owns the lock that another waits for. */
    @Shape
    static void ownerLeaked(Stage stage) {
        ReentrantLock lock = new ReentrantLock();
        stage.start(CERTAIN, () -> {
            lock.lock();
            new CountDownLatch(1).await();
        });
        stage.start(CERTAIN, lock::lock);
    }

    @Shape
    static void ownerSleeps(Stage stage) {
        ReentrantLock lock = new ReentrantLock();
        stage.start(HEALTHY, State.TIMED_WAITING, () -> {
            lock.lock();
            try {
                Thread.sleep(TimedShapes.HOUR);
            } finally {
                lock.unlock();
            }
        });
        stage.start(HEALTHY, lock::lock);
    }

    @Shape
    static void ownerDied(Stage stage) throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Thread owner = new Thread(lock::lock);
        owner.start();
        owner.join();
        stage.start(CERTAIN, lock::lock);
    }

    /** Who reads cannot write as long as the other one reads. */
    @Shape
    static void readersThatWantToWrite(Stage stage) {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        Stage.keep(lock);
        CyclicBarrier both = new CyclicBarrier(2);
        stage.begin(CERTAIN, State.WAITING, () -> upgrade(lock, both));
        stage.begin(CERTAIN, State.WAITING, () -> upgrade(lock, both));
    }

    private static void upgrade(ReentrantReadWriteLock lock, CyclicBarrier both) throws Exception {
        lock.readLock().lock();
        both.await();
        lock.writeLock().lock();
    }

    /** A reader waits behind the writer. The lock holds its first reader. */
    @Shape
    static void behindAReaderThatLeaked(Stage stage) {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        Stage.keep(lock);
        stage.start(UNLESS_INTERRUPTED, () -> {
            lock.readLock().lock();
            new CountDownLatch(1).await();
        });
        stage.start(UNLESS_INTERRUPTED, () -> lock.writeLock().lock());
        stage.start(UNLESS_INTERRUPTED, () -> lock.readLock().lock());
    }

    /** The hold of the second reader stands in a thread local. */
    @Shape
    static void behindASecondReaderThatLeaked(Stage stage) throws InterruptedException {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        Stage.keep(lock);
        CountDownLatch sleeps = new CountDownLatch(1);
        stage.start(HEALTHY, State.TIMED_WAITING, () -> {
            lock.readLock().lock();
            sleeps.countDown();
            Thread.sleep(TimedShapes.HOUR);
        });
        sleeps.await();
        stage.start(CERTAIN, () -> {
            lock.readLock().lock();
            new CountDownLatch(1).await();
        });
        stage.start(CERTAIN, () -> lock.writeLock().lock());
    }

    @Shape
    static void readerThatEnded(Stage stage) throws InterruptedException {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        Stage.keep(lock);
        Thread reader = new Thread(lock.readLock()::lock);
        reader.start();
        reader.join();
        stage.start(CERTAIN, () -> lock.writeLock().lock());
    }

    @Shape
    static void readerSleeps(Stage stage) throws InterruptedException {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        stage.start(HEALTHY, State.TIMED_WAITING, () -> {
            lock.readLock().lock();
            try {
                Thread.sleep(TimedShapes.HOUR);
            } finally {
                lock.readLock().unlock();
            }
        });
        stage.start(HEALTHY, () -> lock.writeLock().lock());
        stage.start(HEALTHY, () -> lock.readLock().lock());
    }

    /** The writer gives up some day, and then the reader comes in. */
    @Shape
    static void behindAWriterWithALimit(Stage stage) {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        Stage.keep(lock);
        stage.start(UNLESS_INTERRUPTED, () -> {
            lock.readLock().lock();
            new CountDownLatch(1).await();
        });
        stage.start(HEALTHY, State.TIMED_WAITING, () -> {
            if (lock.writeLock().tryLock(TimedShapes.HOUR, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("came in");
            }
        });
        stage.start(HEALTHY, () -> lock.readLock().lock());
    }
}
