package org.leaklab.lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Channel;
import org.leaklab.core.Launched;
import org.leaklab.core.Mutex;
import org.leaklab.core.Semaphore;
import org.leaklab.core.WaitGroup;

/**
 * Whether threads that wait on primitives of the core are still in their lines. A thread that another one has woken has
 * left the line, even if the operating system has not let it run yet. Its state alone would not show that.
 *
 * <p>A latch, a lock or a task of the JDK says nothing about its line, but it says when nothing in it can wait any
 * longer: the latch is open, the lock is free, the task is done.
 */
final class Lines {

    private Lines() {}

    /** The synchronizers of the JDK that let all waiting threads go on, or one of them, when their state is 0. */
    private static final Set<String> OPEN_AT_ZERO = Set.of(
            "java.util.concurrent.CountDownLatch$Sync",
            "java.util.concurrent.locks.ReentrantLock$NonfairSync",
            "java.util.concurrent.locks.ReentrantLock$FairSync",
            "java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync",
            "java.util.concurrent.locks.ReentrantReadWriteLock$FairSync");

    /**
     * Whether each thread that is parked on a primitive of the core is in its line, and none is parked on a latch, lock
     * or task of the JDK that lets it go on. True for all other threads.
     */
    static boolean hold(List<Launched> threads) {
        Map<Object, Integer> parked = new HashMap<>(); // primitives of the core do not override equals
        for (Launched launched : threads) {
            Object blocker = LockSupport.getBlocker(launched.thread());
            if (isOfCore(blocker)) {
                parked.merge(blocker, 1, Integer::sum);
            } else if (letsGoOn(blocker)) {
                return false;
            }
        }
        return parked.entrySet().stream().allMatch(entry -> inLine(entry.getKey()) >= entry.getValue());
    }

    private static boolean letsGoOn(@Nullable Object blocker) {
        if (blocker instanceof AbstractQueuedSynchronizer synchronizer) {
            return OPEN_AT_ZERO.contains(synchronizer.getClass().getName())
                    && synchronizer.toString().contains("[State = 0,");
        }
        return blocker instanceof FutureTask<?> task && task.getClass() == FutureTask.class && task.isDone();
    }

    private static boolean isOfCore(@Nullable Object blocker) {
        return blocker instanceof Channel<?>
                || blocker instanceof Mutex
                || blocker instanceof Semaphore
                || blocker instanceof WaitGroup;
    }

    private static int inLine(Object blocker) {
        return switch (blocker) {
            case Channel<?> channel -> channel.waitingSenders() + channel.waitingReceivers();
            case Mutex mutex -> mutex.waiting();
            case Semaphore semaphore -> semaphore.waiting();
            case WaitGroup group -> group.waiting();
            default -> throw new IllegalArgumentException("no primitive of the core: " + blocker.getClass());
        };
    }
}
