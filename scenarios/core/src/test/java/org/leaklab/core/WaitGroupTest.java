package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.wait.Held;

/** A counter that threads wait on. */
class WaitGroupTest extends CoreTest {

    private static final int WORKERS = 8;
    private static final int ROUNDS = 50;

    private final WaitGroup group = new WaitGroup();

    @Test
    void allThatWaitAreWokenAtZero() {
        group.add(2);
        List<Call<?>> waiters = List.of(
                go(group::await),
                go(() -> group.await(Context.background())),
                call(() -> group.await(Duration.ofHours(1))));
        until(() -> group.waiting() == 3);

        group.done();
        assertThat(waiters).noneMatch(Call::isOver);
        assertThat(group.count()).isEqualTo(1);
        group.done();

        assertThat(waiters.stream().map(Call::failure)).containsOnlyNulls();
        assertThat(group.waiting()).isZero();
        assertThat(group).hasToString("wait group (0 to go, 0 waiting)");
    }

    @Test
    void atZeroNobodyWaits() throws InterruptedException {
        group.await();
        group.await(Context.background());
        assertThat(group.await(Duration.ZERO)).isTrue();
        group.add(0);
        group.await();
    }

    @Test
    void timeRunsOut() throws InterruptedException {
        group.add(1);
        assertThat(group.await(Duration.ofMillis(5))).isFalse();
        assertThat(group.await(Duration.ZERO)).isFalse();
        assertThat(group.await(Duration.ofSeconds(-1))).isFalse();
        assertThat(group.waiting()).isZero();
    }

    @Test
    void theCounterIsNeverNegative() {
        group.add(1);
        assertThatThrownBy(() -> group.add(-2)).isInstanceOf(IllegalStateException.class);
        assertThat(group.count()).isEqualTo(1);
        group.done();
        assertThatThrownBy(group::done).isInstanceOf(IllegalStateException.class);
        assertThat(group.count()).isZero();
    }

    @Test
    void theCounterDoesNotOverflow() {
        group.add(Integer.MAX_VALUE);
        assertThatThrownBy(() -> group.add(1)).isInstanceOf(ArithmeticException.class);
        assertThat(group.count()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whoGivesUpLeavesNothingBehind() {
        group.add(1);
        Context context = Context.background().withCancel();
        Call<Void> interrupted = go(group::await);
        Call<Void> cancelled = go(() -> group.await(context));
        until(() -> group.waiting() == 2);

        interrupted.interrupt();
        context.cancel();

        assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
        assertThat(cancelled.failure()).isInstanceOf(CancelledException.class);
        assertThat(group.waiting()).isZero();
        assertThat(done(context).waitingReceivers()).isZero();
        assertThatThrownBy(() -> group.await(context)).isInstanceOf(CancelledException.class);
    }

    @Test
    void itIsRefusedForReuseBeforeTheEarlierWaitHasReturned() {
        Context context = Context.background().withCancel();
        group.add(1);
        Call<Void> waiter = go(() -> group.await(context));
        until(() -> done(context).waitingReceivers() == 1);
        // the waiter cannot return before it has taken its node out of the context's channel
        try (Held lock = new Held(done(context))) {
            group.done();
            assertThatThrownBy(() -> group.add(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("reused before the previous wait has returned");
            assertThat(group.count()).isZero();
        }
        assertThat(waiter.failure()).isNull();
        group.add(1);
        group.done();
    }

    @Test
    void itCanBeUsedAgainOnceEveryWaitHasReturned() {
        int[] plain = new int[WORKERS];
        for (int round = 1; round <= ROUNDS; round++) {
            group.add(WORKERS);
            Call<Integer> waiter = call(() -> {
                group.await();
                int sum = 0;
                for (int each : plain) {
                    sum += each;
                }
                return sum;
            });
            for (int worker = 0; worker < WORKERS; worker++) {
                int index = worker;
                go(() -> {
                    plain[index]++;
                    group.done();
                });
            }
            assertThat(waiter.value()).isEqualTo(round * WORKERS);
        }
        assertThat(group.waiting()).isZero();
    }

    @Test
    void manyThatCountDownWakeManyThatWait() {
        for (int round = 0; round < ROUNDS; round++) {
            WaitGroup fresh = new WaitGroup();
            fresh.add(WORKERS);
            List<Call<Void>> calls = Stream.concat(
                            Stream.generate(() -> go(fresh::await)).limit(WORKERS),
                            Stream.generate(() -> go(fresh::done)).limit(WORKERS))
                    .toList();
            assertThat(calls.stream().map(Call::failure)).containsOnlyNulls();
            assertThat(fresh.waiting()).isZero();
        }
    }
}
