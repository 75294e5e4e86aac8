package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.CancelledException;

/** Weighted permits, first in, first out. */
class SemaphoreTest extends CoreTest {

    private final Semaphore semaphore = new Semaphore(10);

    private Call<Void> waiting(Context context, long permits) {
        int before = semaphore.waiting();
        Call<Void> call = go(() -> semaphore.acquire(context, permits));
        until(() -> semaphore.waiting() == before + 1);
        return call;
    }

    private Call<Void> waiting(long permits) {
        return waiting(Context.background(), permits);
    }

    @Test
    void permitsAreTakenAndGivenBack() throws InterruptedException {
        semaphore.acquire();
        semaphore.acquire(Context.background(), 4);
        assertThat(semaphore.tryAcquire(5)).isTrue();
        assertThat(semaphore.available()).isZero();
        assertThat(semaphore.tryAcquire(1)).isFalse();
        assertThat(semaphore.tryAcquire(1, Duration.ZERO)).isFalse();
        assertThat(semaphore.tryAcquire(1, Duration.ofSeconds(-1))).isFalse();

        semaphore.release();
        semaphore.release(9);

        assertThat(semaphore.available()).isEqualTo(10);
        assertThat(semaphore.limit()).isEqualTo(10);
        assertThat(semaphore).hasToString("semaphore (10 of 10 available, 0 waiting)");
    }

    @Test
    void aReleaseWakesAllThatItSufficesFor() throws InterruptedException {
        semaphore.acquire(Context.background(), 10);
        Call<Void> three = waiting(3);
        Call<Void> four = waiting(4);
        Call<Void> five = waiting(5);

        semaphore.release(10);

        assertThat(three.failure()).isNull();
        assertThat(four.failure()).isNull();
        assertThat(five.isOver()).isFalse();
        assertThat(semaphore.available()).isEqualTo(3);
        semaphore.release(3);
        assertThat(five.failure()).isNull();
        assertThat(semaphore.available()).isEqualTo(1);
    }

    @Test
    void aWaiterForManyIsNotStarvedByThoseForFew() throws InterruptedException {
        semaphore.acquire(Context.background(), 9);
        Call<Void> big = waiting(5);
        Call<Void> small = waiting(1);

        assertThat(semaphore.tryAcquire(1))
                .as("the one left is not for newcomers")
                .isFalse();
        semaphore.release(3);
        assertThat(big.isOver()).isFalse();
        assertThat(small.isOver()).isFalse();
        assertThat(semaphore.available()).isEqualTo(4);
        semaphore.release(1);

        assertThat(big.failure()).isNull();
        assertThat(semaphore.waiting()).isEqualTo(1);
        semaphore.release(5);
        assertThat(small.failure()).isNull();
    }

    @Test
    void whenTheFirstGivesUpThoseBehindItGoOn() throws InterruptedException {
        semaphore.acquire(Context.background(), 9);
        Context context = Context.background().withCancel();
        Call<Void> cancelled = waiting(context, 5);
        Call<Void> second = waiting(1);
        context.cancel();
        assertThat(cancelled.failure()).isInstanceOf(CancelledException.class);
        assertThat(second.failure()).isNull();
        semaphore.release(1);

        Call<Void> interrupted = waiting(5);
        Call<Void> third = waiting(1);
        interrupted.interrupt();
        assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
        assertThat(third.failure()).isNull();
        semaphore.release(1);

        Call<Boolean> late = call(() -> semaphore.tryAcquire(5, Duration.ofMillis(20)));
        until(() -> semaphore.waiting() == 1 || late.isOver());
        Call<Void> fourth = go(semaphore::acquire);
        assertThat(late.value()).isFalse();
        assertThat(fourth.failure()).isNull();

        assertThat(semaphore.waiting()).isZero();
        assertThat(semaphore.available()).isZero();
        assertThat(done(context).waitingReceivers()).isZero();
    }

    @Test
    void whoGivesUpInTheMiddleHoldsNobodyUp() throws InterruptedException {
        semaphore.acquire(Context.background(), 10);
        Call<Void> first = waiting(2);
        Call<Void> middle = waiting(10);
        Call<Void> last = waiting(2);
        middle.interrupt();
        assertThat(middle.failure()).isInstanceOf(InterruptedException.class);
        assertThat(semaphore.waiting()).isEqualTo(2);
        semaphore.release(4);
        assertThat(first.failure()).isNull();
        assertThat(last.failure()).isNull();
        assertThat(semaphore.available()).isZero();
    }

    @Test
    void moreThanTakenCannotBeGivenBack() {
        assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
        assertThat(semaphore.tryAcquire(3)).isTrue();
        assertThatThrownBy(() -> semaphore.release(4)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> semaphore.release(11)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> semaphore.release(Long.MAX_VALUE)).isInstanceOf(IllegalStateException.class);
        assertThat(semaphore.available()).isEqualTo(7);
        assertThatThrownBy(() -> semaphore.release(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> semaphore.release(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moreThanThereAreCannotBeAskedFor() {
        for (long permits : new long[] {11, 0, -1, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> semaphore.acquire(Context.background(), permits))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> semaphore.tryAcquire(permits)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> semaphore.tryAcquire(permits, Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Semaphore(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoIsInterruptedOrCancelledBeforeTakesNothing() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(semaphore::acquire).isInstanceOf(InterruptedException.class);
        Context context = Context.background().withCancel();
        context.cancel();
        assertThatThrownBy(() -> semaphore.acquire(context, 1)).isInstanceOf(CancelledException.class);
        assertThat(semaphore.available()).isEqualTo(10);
    }
}
