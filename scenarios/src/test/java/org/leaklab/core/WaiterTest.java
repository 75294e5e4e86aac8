package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.core.Eventually.until;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The few instructions between a waker's claim and its hand-over, held open. */
class WaiterTest extends CoreTest {

    private final AtomicReference<Waiter> waiting = new AtomicReference<>();

    private Waiter started() {
        until(() -> waiting.get() != null);
        return waiting.get();
    }

    @Test
    void anInterruptAfterTheClaimIsKeptForLater() {
        Call<Boolean> woken = call(() -> {
            Waiter waiter = new Waiter();
            waiting.set(waiter);
            return waiter.await(this, Nanos.FOR_EVER) == waiter
                    && Thread.currentThread().isInterrupted();
        });
        Waiter waiter = started();
        assertThat(waiter.claim()).isTrue();
        assertThat(waiter.claim()).isFalse();

        woken.interrupt();
        until(() -> !woken.thread().isInterrupted()); // it has seen it, and waits for the hand-over
        assertThat(woken.isOver()).isFalse();
        waiter.finish(waiter);
        waiter.wake();

        assertThat(woken.value()).isTrue();
    }

    @Test
    void timeThatRunsOutAfterTheClaimDoesNotCount() {
        long nanos = 1_000_000;
        Call<Boolean> woken = call(() -> {
            Waiter waiter = new Waiter();
            assertThat(waiter.claim()).isTrue();
            waiting.set(waiter);
            return waiter.await(this, nanos) == waiter;
        });
        Waiter waiter = started();
        until(() -> woken.thread().getState() == Thread.State.WAITING); // without a timeout any more
        waiter.finish(waiter);
        waiter.wake();

        assertThat(woken.value()).isTrue();
    }

    @Test
    void whoGaveUpCannotBeClaimed() {
        Call<Boolean> late = call(() -> {
            Waiter waiter = new Waiter();
            waiting.set(waiter);
            return waiter.await(this, 1) == null;
        });
        assertThat(late.value()).isTrue();
        assertThat(started().claim()).isFalse();

        waiting.set(null);
        Call<Object> interrupted = call(() -> {
            Waiter waiter = new Waiter();
            waiting.set(waiter);
            return waiter.await(this, Nanos.FOR_EVER);
        });
        Waiter waiter = started();
        interrupted.interrupt();
        assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
        assertThat(waiter.claim()).isFalse();
    }

    @Test
    void aSendHandedOverBeforeTheInterruptHasHappenedAndTheFlagStays() {
        Channel<Integer> channel = Channel.unbuffered();
        Context context = Context.background().withCancel();
        Call<Boolean> sender = call(() -> {
            channel.send(context, 1);
            return Thread.currentThread().isInterrupted();
        });
        until(() -> context.doneOrNull().waitingReceivers() == 1);
        Integer received;
        context.doneOrNull().lock(); // the sender cannot get past taking its node out of here
        try {
            received = channel.tryReceive();
            sender.interrupt();
            go(context::cancel); // comes too late as well, once the lock is free
            until(() -> context.isDone());
        } finally {
            context.doneOrNull().unlock();
        }
        assertThat(received).isEqualTo(1);
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
