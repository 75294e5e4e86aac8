package org.leaklab.core.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Call;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.CoreTest;
import org.leaklab.core.Received;
import org.leaklab.core.Received.Value;

/** The end of a wait, seen from both sides. */
class WaiterTest extends CoreTest {

    private final AtomicReference<Waiter> waiting = new AtomicReference<>();

    private Waiter started() {
        until(() -> waiting.get() != null);
        return waiting.get();
    }

    @Test
    void anInterruptAfterTheEndIsKeptForLater() {
        Call<Boolean> woken = call(() -> {
            Waiter waiter = new Waiter();
            waiting.set(waiter);
            return waiter.await(this, Nanos.FOR_EVER, Nanos.FOR_EVER) == waiter.index
                    && Thread.currentThread().isInterrupted();
        });
        Waiter waiter = started();
        until(() -> woken.thread().getState() == Thread.State.WAITING);
        assertThat(waiter.complete()).isTrue();
        assertThat(waiter.isParked()).isTrue();
        woken.interrupt(); // wakes it as well, but too late to give up

        assertThat(woken.value()).isTrue();
    }

    @Test
    void timeThatRunsOutAfterTheEndDoesNotCount() {
        Call<Boolean> woken = call(() -> {
            Waiter waiter = new Waiter();
            assertThat(waiter.complete()).isTrue();
            return waiter.await(this, 0, Nanos.FOR_EVER) == waiter.index;
        });
        assertThat(woken.value()).isTrue();
    }

    @Test
    void onlyOneNodeWinsAndTheWaiterLearnsWhich() {
        Call<Integer> woken = call(() -> {
            Waiter waiter = new Waiter();
            waiting.set(waiter);
            return waiter.await(this, Nanos.FOR_EVER, Nanos.FOR_EVER);
        });
        Waiter waiter = started();
        WaitNode first = new WaitNode(waiter, 7);
        WaitNode second = new WaitNode(waiter, 8);
        assertThat(first.complete()).isTrue();
        assertThat(second.complete()).isFalse();
        assertThat(first.complete()).isFalse();
        waiter.wake();

        assertThat(woken.value()).isEqualTo(7);
    }

    @Test
    void whoHasNotParkedYetNeedsNoWaking() throws InterruptedException {
        Waiter waiter = new Waiter();
        assertThat(waiter.complete()).isTrue();
        assertThat(waiter.isParked()).isFalse();
        waiter.wake();
        assertThat(waiter.await(this, Nanos.FOR_EVER, Nanos.FOR_EVER)).isZero();
    }

    @Test
    void whoGaveUpCannotBeHandedAnything() {
        Call<Integer> late = call(() -> {
            Waiter waiter = new Waiter();
            waiting.set(waiter);
            return waiter.await(this, 1, Nanos.FOR_EVER);
        });
        assertThat(late.value()).isEqualTo(Waiter.LATE);
        Waiter gone = started();
        assertThat(gone.complete()).isFalse();

        waiting.set(null);
        Call<Integer> interrupted = call(() -> {
            Waiter waiter = new Waiter();
            waiting.set(waiter);
            return waiter.await(this, Nanos.FOR_EVER, Nanos.FOR_EVER);
        });
        Waiter waiter = started();
        interrupted.interrupt();
        assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
        assertThat(waiter.complete()).isFalse();
    }

    @Test
    void aSendHandedOverBeforeTheInterruptHasHappenedAndTheFlagStays() {
        Channel<Integer> channel = Channel.unbuffered();
        Context context = Context.background().withCancel();
        Call<Boolean> sender = call(() -> {
            channel.send(context, 1);
            return Thread.currentThread().isInterrupted();
        });
        Channel<?> done = (Channel<?>) context.done();
        until(() -> done.waitingReceivers() == 1);
        Received<Integer> received;
        // the sender cannot get past taking its node out of the context's channel
        try (Held lock = new Held(done)) {
            received = channel.tryReceive();
            sender.interrupt();
            go(context::cancel); // comes too late as well, once the lock is free
            until(() -> context.isDone());
        }
        assertThat(received).isEqualTo(new Value<>(1));
        assertThat(sender.value()).isTrue();
    }

    @Test
    void durationsBecomeNanosWithoutOverflow() {
        assertThat(Nanos.of(Duration.ZERO)).isZero();
        assertThat(Nanos.of(Duration.ofNanos(-1))).isZero();
        assertThat(Nanos.of(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
        assertThat(Nanos.of(Duration.ofMillis(3))).isEqualTo(3_000_000);
        assertThat(Nanos.of(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Nanos.FOR_EVER);
        assertThat(Nanos.of(Duration.ofNanos(Long.MAX_VALUE))).isEqualTo(Nanos.FOR_EVER);
    }
}
