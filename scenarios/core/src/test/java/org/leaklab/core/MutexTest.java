package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.CancelledException;

/** Mutual exclusion with an owner, first in, first out. */
class MutexTest extends CoreTest {

    private final Mutex mutex = new Mutex();

    @Test
    void itBelongsToWhoLockedIt() throws InterruptedException {
        assertThat(mutex.owner()).isNull();
        mutex.lock();
        assertThat(mutex.owner()).isSameAs(Thread.currentThread());
        assertThat(mutex).hasToString("mutex (held by test body, 0 waiting)");
        mutex.unlock();
        assertThat(mutex.owner()).isNull();
        assertThat(mutex).hasToString("mutex (free, 0 waiting)");
    }

    @Test
    void nobodyElseUnlocksIt() throws InterruptedException {
        mutex.lock();
        assertThat(go(mutex::unlock).failure())
                .isInstanceOf(IllegalMonitorStateException.class)
                .hasMessageStartingWith("unlock of a mutex that belongs to ");
        assertThat(mutex.owner()).isSameAs(Thread.currentThread());
        mutex.unlock();
        assertThatThrownBy(mutex::unlock)
                .isInstanceOf(IllegalMonitorStateException.class)
                .hasMessage("unlock of unlocked mutex");
    }

    @Test
    void waitersGetItInTheOrderTheyCame() throws InterruptedException {
        List<Integer> order = new ArrayList<>(); // guarded by the mutex
        mutex.lock();
        List<Call<Void>> waiters = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            waiters.add(go(() -> {
                mutex.lock();
                order.add(number);
                mutex.unlock();
            }));
            until(() -> mutex.waiting() == number + 1);
        }
        mutex.unlock();

        assertThat(waiters.stream().map(Call::failure)).containsOnlyNulls();
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void unlockingHandsItOverSoThatNobodyOvertakes() throws InterruptedException {
        Channel<Boolean> finish = Channel.unbuffered();
        mutex.lock();
        Call<Boolean> waiter = call(() -> {
            mutex.lock();
            boolean value = finish.receive();
            mutex.unlock();
            return value;
        });
        until(() -> mutex.waiting() == 1);

        mutex.unlock();

        assertThat(mutex.owner()).isSameAs(waiter.thread());
        assertThat(mutex.isLockedTwiceBy(waiter.thread())).isFalse();
        assertThat(mutex.tryLock()).isFalse();
        assertThat(mutex.tryLock(Duration.ZERO)).isFalse();
        finish.send(true);
        assertThat(waiter.value()).isTrue();
        assertThat(mutex.owner()).isNull();
    }

    @Test
    void whoLocksItTwiceWaitsForItself() {
        Call<Void> self = go(() -> {
            mutex.lock();
            try {
                mutex.lock();
            } finally {
                mutex.unlock();
            }
        });
        until(() -> mutex.waiting() == 1);
        assertThat(mutex.owner()).isSameAs(self.thread());
        assertThat(self.isOver()).isFalse();
        Call<Void> behind = go(mutex::lock);
        until(() -> mutex.waiting() == 2);
        assertThat(mutex.isLockedTwiceBy(self.thread())).isTrue();
        assertThat(mutex.isLockedTwiceBy(behind.thread())).as("it is in line").isFalse();

        behind.interrupt();
        assertThat(behind.failure()).isInstanceOf(InterruptedException.class);
        self.interrupt();

        assertThat(self.failure()).isInstanceOf(InterruptedException.class);
        assertThat(mutex.isLockedTwiceBy(self.thread())).isFalse();
        assertThat(mutex.owner()).isNull();
        assertThat(mutex.waiting()).isZero();
    }

    @Test
    void tryingNeverWaits() throws InterruptedException {
        assertThat(mutex.tryLock()).isTrue();
        assertThat(mutex.tryLock()).isFalse();
        mutex.unlock();
        assertThat(mutex.tryLock(Duration.ZERO)).isTrue();
        assertThat(mutex.tryLock(Duration.ofSeconds(-1))).isFalse();
        mutex.unlock();
    }

    @Test
    void timeRunsOut() throws InterruptedException {
        mutex.lock();
        assertThat(call(() -> mutex.tryLock(Duration.ofMillis(5))).value()).isFalse();
        assertThat(mutex.waiting()).isZero();
        mutex.unlock();
        assertThat(mutex.owner()).isNull();
    }

    @Test
    void whoGivesUpLeavesNothingBehindAndIsPassedOver() throws InterruptedException {
        Context context = Context.background().withCancel();
        mutex.lock();
        Call<Void> interrupted = go(mutex::lock);
        until(() -> mutex.waiting() == 1);
        Call<Void> cancelled = go(() -> mutex.lock(context));
        until(() -> mutex.waiting() == 2);
        Call<Void> last = go(() -> {
            mutex.lock();
            mutex.unlock();
        });
        until(() -> mutex.waiting() == 3);

        interrupted.interrupt();
        context.cancel();
        assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
        assertThat(cancelled.failure()).isInstanceOf(CancelledException.class);
        assertThat(mutex.waiting()).isEqualTo(1);
        mutex.unlock();

        assertThat(last.failure()).isNull();
        assertThat(mutex.owner()).isNull();
        assertThat(done(context).waitingReceivers()).isZero();
    }

    @Test
    void whoIsInterruptedOrCancelledBeforeDoesNotLock() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(mutex::lock).isInstanceOf(InterruptedException.class);
        Context context = Context.background().withCancel();
        context.cancel();
        assertThatThrownBy(() -> mutex.lock(context)).isInstanceOf(CancelledException.class);
        assertThat(mutex.owner()).isNull();
    }

    @Test
    void anOwnerThatDiedKeepsIt() {
        Call<Void> dead = go(mutex::lock);
        assertThat(dead.failure()).isNull();
        assertThat(mutex.owner()).isSameAs(dead.thread());
        assertThat(mutex.tryLock()).isFalse();
    }
}
