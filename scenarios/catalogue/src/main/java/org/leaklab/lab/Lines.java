package org.leaklab.lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.leaklab.core.Channel;
import org.leaklab.core.Launched;
import org.leaklab.core.Mutex;
import org.leaklab.core.Semaphore;
import org.leaklab.core.WaitGroup;

/**
 * Whether threads that wait on primitives of the core are still in their lines. A thread that another one has woken has
 * left the line, even if the operating system has not let it run yet. Its state alone would not show that.
 */
final class Lines {

    private Lines() {}

    /** Whether each thread that is parked on a primitive of the core is in its line. True for all other threads. */
    static boolean hold(List<Launched> threads) {
        Map<Object, Integer> parked = new HashMap<>(); // primitives of the core do not override equals
        for (Launched launched : threads) {
            Object blocker = LockSupport.getBlocker(launched.thread());
            if (isOfCore(blocker)) {
                parked.merge(blocker, 1, Integer::sum);
            }
        }
        return parked.entrySet().stream().allMatch(entry -> inLine(entry.getKey()) >= entry.getValue());
    }

    private static boolean isOfCore(Object blocker) {
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
