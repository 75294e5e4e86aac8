package org.leaklab.heapdump.suite;

import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Exchanger;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.leaklab.core.Channel;
import org.leaklab.core.Mutex;
import org.leaklab.core.Select;
import org.leaklab.core.WaitGroup;

/**
 * A way to wait without limit for something that another thread would have to do to a primitive.
 *
 * @param <P> the primitive
 * @param state in which its thread stays
 * @param make makes the primitive so that a wait on it does not return
 * @param on waits on it
 */
@SuppressWarnings("WaitNotInLoop") // these waits never return
record Wait<P>(String name, Thread.State state, Function<Stage, P> make, Blocking<P> on) {

    /** Waits on a primitive. */
    @FunctionalInterface
    interface Blocking<P> {
        void on(P primitive) throws Exception;
    }

    private static <P> Wait<P> waiting(String name, Supplier<P> make, Blocking<P> on) {
        return new Wait<>(name, Thread.State.WAITING, stage -> make.get(), on);
    }

    /** On a monitor that a leaked thread has entered and never leaves. */
    private static <P> Wait<P> blocked(String name, Supplier<P> make, Blocking<P> on) {
        return new Wait<>(
                name,
                Thread.State.BLOCKED,
                stage -> {
                    P primitive = make.get();
                    stage.start(Label.CERTAIN, () -> Room.enterFor(primitive, new CountDownLatch(1)));
                    return primitive;
                },
                on);
    }

    /** Whether code outside of the JDK parks: its waker may know the thread, and need nothing else. */
    boolean isWokenByHandle() {
        return CORE.contains(this) || name.startsWith("LockSupport");
    }

    /**
     * Whether only one thread could end it, and that thread never goes on. It does not matter what reaches the
     * primitive.
     */
    boolean isForALeakedThread() {
        return state == Thread.State.BLOCKED || name.equals("ReentrantReadWriteLock.upgrade");
    }

    /** Whether it waits for a lock that has an owner, and goes on to wait after an interrupt. */
    boolean survivesAnInterrupt() {
        return name.equals("ReentrantLock.lock") || name.equals("ReentrantReadWriteLock.readLock");
    }

    private static <P> P with(P primitive, Blocking<P> before) {
        try {
            before.on(primitive);
            return primitive;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static final List<Wait<?>> QUEUES = List.of(
            waiting("LinkedBlockingQueue.take", LinkedBlockingQueue<Object>::new, queue -> queue.take()),
            waiting("LinkedBlockingQueue.put", () -> with(new LinkedBlockingQueue<>(1), q -> q.put(1)), q -> q.put(2)),
            waiting("ArrayBlockingQueue.take", () -> new ArrayBlockingQueue<Object>(1), queue -> queue.take()),
            waiting("ArrayBlockingQueue.put", () -> with(new ArrayBlockingQueue<>(1), q -> q.put(1)), q -> q.put(2)),
            waiting("PriorityBlockingQueue.take", PriorityBlockingQueue<String>::new, queue -> queue.take()),
            waiting("LinkedBlockingDeque.takeLast", LinkedBlockingDeque<Object>::new, queue -> queue.takeLast()),
            waiting("DelayQueue.take", DelayQueue<Delayed>::new, queue -> queue.take()),
            waiting("SynchronousQueue.take", SynchronousQueue<Object>::new, queue -> queue.take()),
            waiting("SynchronousQueue.put", SynchronousQueue<Object>::new, queue -> queue.put(1)),
            waiting("SynchronousQueue.put fair", () -> new SynchronousQueue<>(true), queue -> queue.put(1)),
            waiting("LinkedTransferQueue.take", LinkedTransferQueue<Object>::new, queue -> queue.take()),
            waiting("LinkedTransferQueue.transfer", LinkedTransferQueue<Object>::new, queue -> queue.transfer(1)),
            waiting("Exchanger.exchange", Exchanger<Object>::new, exchanger -> exchanger.exchange(1)),
            waiting("ReferenceQueue.remove", ReferenceQueue<Object>::new, queue -> queue.remove()));

    static final List<Wait<?>> SYNCHRONIZERS = List.of(
            waiting("CountDownLatch.await", () -> new CountDownLatch(1), CountDownLatch::await),
            waiting("CyclicBarrier.await", () -> new CyclicBarrier(2), barrier -> barrier.await()),
            waiting("Phaser.awaitAdvance", () -> new Phaser(1), phaser -> phaser.awaitAdvance(0)),
            waiting("Phaser.arriveAndAwaitAdvance", () -> new Phaser(2), phaser -> phaser.arriveAndAwaitAdvance()),
            waiting("Phaser tiered", () -> new Phaser(new Phaser(1), 1), phaser -> phaser.arriveAndAwaitAdvance()),
            waiting("Semaphore.acquire", () -> new Semaphore(0), Semaphore::acquire),
            waiting("Semaphore.acquire fair", () -> new Semaphore(0, true), Semaphore::acquireUninterruptibly),
            waiting("ReentrantLock.lock", () -> with(new ReentrantLock(), ReentrantLock::lock), ReentrantLock::lock),
            waiting(
                    "ReentrantLock.lockInterruptibly",
                    () -> with(new ReentrantLock(true), ReentrantLock::lock),
                    ReentrantLock::lockInterruptibly),
            waiting(
                    "ReentrantReadWriteLock.readLock",
                    () -> with(
                            new ReentrantReadWriteLock(),
                            lock -> lock.writeLock().lock()),
                    lock -> lock.readLock().lock()),
            waiting("ReentrantReadWriteLock.upgrade", ReentrantReadWriteLock::new, lock -> {
                lock.readLock().lock();
                lock.writeLock().lock();
            }),
            waiting(
                    "StampedLock.readLock",
                    () -> with(new StampedLock(), StampedLock::writeLock),
                    StampedLock::readLock),
            waiting(
                    "StampedLock.writeLock",
                    () -> with(new StampedLock(), StampedLock::readLock),
                    StampedLock::writeLockInterruptibly),
            waiting("Condition.await", Meeting::new, Meeting::await),
            waiting("Condition.awaitUninterruptibly", Meeting::new, Meeting::awaitUninterruptibly),
            waiting("LockSupport.park", Object::new, Wait::parkFor));

    static final List<Wait<?>> FUTURES = List.of(
            waiting("CompletableFuture.get", CompletableFuture<Object>::new, CompletableFuture::get),
            waiting("CompletableFuture.join", CompletableFuture<Object>::new, CompletableFuture::join),
            waiting(
                    "CompletableFuture.thenApply",
                    CompletableFuture<Object>::new,
                    future -> future.thenApply(value -> value).get()),
            waiting(
                    "CompletableFuture.allOf",
                    CompletableFuture<Object>::new,
                    future -> CompletableFuture.allOf(future, new CompletableFuture<>())
                            .get()),
            waiting("FutureTask.get", () -> new FutureTask<>(() -> 1), FutureTask::get),
            waiting("ForkJoinTask.join", Never::new, Never::join));

    static final List<Wait<?>> MONITORS = List.of(
            waiting("Object.wait", Object::new, Room::waitFor),
            waiting("Object.wait in a lambda", Object::new, monitor -> {
                synchronized (monitor) {
                    monitor.wait();
                }
            }),
            waiting("synchronized method that waits", Room::new, Room::await),
            waiting("wait in a helper", Room::new, room -> room.awaitTwice("a", new Object())),
            blocked("monitor enter", Object::new, Room::enter),
            blocked("monitor enter in a lambda", Object::new, monitor -> {
                synchronized (monitor) {
                    throw new IllegalStateException("came in");
                }
            }),
            blocked("synchronized method", Room::new, Room::touch));

    static final List<Wait<?>> CORE = List.of(
            waiting("Channel.send", Channel::<Object>unbuffered, channel -> channel.send(1)),
            waiting("Channel.send buffered", () -> with(Channel.buffered(1), c -> c.send(1)), c -> c.send(2)),
            waiting("Channel.receive", Channel::<Object>unbuffered, Channel::receive),
            waiting("Mutex.lock", () -> with(new Mutex(), Mutex::lock), Mutex::lock),
            waiting(
                    "core.Semaphore.acquire",
                    () -> with(new org.leaklab.core.Semaphore(1), org.leaklab.core.Semaphore::acquire),
                    org.leaklab.core.Semaphore::acquire),
            waiting("WaitGroup.await", () -> with(new WaitGroup(), group -> group.add(1)), WaitGroup::await),
            waiting(
                    "Select of two",
                    Channel::<Object>unbuffered,
                    channel -> new Select<Object>()
                            .onReceive(Channel.<Object>unbuffered(), value -> 1)
                            .onReceive(channel, value -> 2)
                            .run()));

    static final List<Wait<?>> ALL = List.of(QUEUES, SYNCHRONIZERS, FUTURES, MONITORS, CORE).stream()
            .<Wait<?>>flatMap(List::stream)
            .toList();

    private static void parkFor(Object blocker) {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park(blocker);
        }
    }
}
