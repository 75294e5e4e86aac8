package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/** Two looks tell one wait of a platform thread from two waits for the same lock with the same owner. */
class LockWaitsTest {

    private final ReentrantLock lock = new ReentrantLock();
    private final Semaphore held = new Semaphore(0);
    private final Semaphore go = new Semaphore(0);
    private final Semaphore passed = new Semaphore(0);
    private final AtomicInteger passes = new AtomicInteger();

    private void holdTwice() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            lock.lock();
            try {
                held.release();
                go.acquire();
            } finally {
                lock.unlock();
            }
            passed.acquire();
        }
    }

    private void passTwice() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            held.acquire();
            lock.lock();
            lock.unlock();
            passes.incrementAndGet();
            passed.release();
        }
    }

    /** What a thread waits for, when it has come to that wait: two looks see the same. */
    private LockWaits.Wait awaitWait(Launcher threads, Thread thread) {
        AtomicReference<LockWaits.Wait> last = new AtomicReference<>();
        until(() -> {
            LockWaits.Wait now =
                    LockWaits.of(ThreadSource.of(threads)).byThread().get(thread);
            LockWaits.Wait before = last.getAndSet(now);
            return lock.hasQueuedThread(thread) && now != null && now.equals(before);
        });
        return last.get();
    }

    @Test
    void aSecondWaitForTheSameLockWithTheSameOwnerIsAnother() throws InterruptedException {
        try (Launcher threads = Launcher.of(ThreadKind.PLATFORM)) {
            Launched owner = threads.start("owner", this::holdTwice);
            Launched waits = threads.start("waits", this::passTwice);
            LockWaits.Wait first = awaitWait(threads, waits.thread());
            go.release();
            until(() -> passes.get() == 1);
            LockWaits.Wait second = awaitWait(threads, waits.thread());
            assertThat(second.lock()).isEqualTo(first.lock());
            assertThat(second.owner()).isEqualTo(first.owner()).isEqualTo(owner.thread());
            assertThat(second).isNotEqualTo(first);
            go.release();
        }
    }
}
