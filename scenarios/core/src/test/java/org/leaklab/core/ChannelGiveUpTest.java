package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.core.Received.Empty;
import org.leaklab.core.Received.Late;
import org.leaklab.core.Received.Value;

/** Senders and receivers that give up: none leaves a waiter behind, and no value is lost or delivered twice. */
class ChannelGiveUpTest extends CoreTest {

    private static final int RACES = 500;

    private final Channel<Integer> channel = Channel.unbuffered();

    @Test
    void anInterruptedSenderHasNotSent() {
        Call<Void> first = go(() -> channel.send(1));
        until(() -> channel.waitingSenders() == 1);
        Call<Void> second = go(() -> channel.send(2));
        until(() -> channel.waitingSenders() == 2);

        first.interrupt();

        assertThat(first.failure()).isInstanceOf(InterruptedException.class);
        assertThat(channel.waitingSenders()).isEqualTo(1);
        assertThat(channel.tryReceive()).isEqualTo(new Value<>(2));
        assertThat(second.failure()).isNull();
        assertThat(channel.tryReceive()).isEqualTo(new Empty<>());
    }

    @Test
    void anInterruptedReceiverHasTakenNothing() throws InterruptedException {
        Call<Integer> first = call(channel::receive);
        until(() -> channel.waitingReceivers() == 1);
        Call<Integer> second = call(channel::receive);
        until(() -> channel.waitingReceivers() == 2);

        first.interrupt();

        assertThat(first.failure()).isInstanceOf(InterruptedException.class);
        assertThat(channel.waitingReceivers()).isEqualTo(1);
        channel.send(1);
        assertThat(second.value()).isEqualTo(1);
    }

    @Test
    void whoIsInterruptedBeforeDoesNothing() {
        Channel<Integer> ready = Channel.buffered(2);
        assertThat(ready.trySend(1)).isTrue();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ready.send(2)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        Thread.currentThread().interrupt();
        assertThatThrownBy(ready::receive).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        assertThat(ready.size()).isEqualTo(1);
    }

    @Test
    void tryingHeedsNoInterrupt() {
        Channel<Integer> ready = Channel.buffered(1);
        Thread.currentThread().interrupt();
        try {
            assertThat(ready.trySend(1)).isTrue();
            assertThat(ready.tryReceive()).isEqualTo(new Value<>(1));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aCancelledSenderHasNotSent() {
        Context context = Context.background().withCancel();
        Exception why = new Exception("why");
        Call<Void> sender = go(() -> channel.send(context, 1));
        until(() -> channel.waitingSenders() == 1);
        until(() -> done(context).waitingReceivers() == 1);

        context.cancel(why);

        assertThat(sender.failure()).isInstanceOf(CancelledException.class).hasCause(why);
        assertThat(channel.waitingSenders()).isZero();
        assertThat(channel.tryReceive()).isEqualTo(new Empty<>());
        assertThat(done(context).waitingReceivers()).isZero();
    }

    @Test
    void aCancelledReceiverHasTakenNothing() {
        Context context = Context.background().withTimeout(Duration.ofMillis(5));
        Call<Integer> receiver = call(() -> channel.receive(context));

        assertThat(receiver.failure()).isInstanceOf(DeadlineExceededException.class);
        assertThat(channel.waitingReceivers()).isZero();
        assertThat(channel.trySend(1)).isFalse();
    }

    @Test
    void underADoneContextNothingIsDone() {
        Channel<Integer> ready = Channel.buffered(2);
        assertThat(ready.trySend(1)).isTrue();
        Context context = Context.background().withCancel();
        context.cancel();

        assertThatThrownBy(() -> ready.send(context, 2)).isInstanceOf(CancelledException.class);
        assertThatThrownBy(() -> ready.receive(context)).isInstanceOf(CancelledException.class);
        assertThat(ready.size()).isEqualTo(1);
    }

    @Test
    void whoGotThroughLeavesTheContextAlone() throws InterruptedException {
        try (Context context = Context.background().withCancel()) {
            for (int i = 0; i < 1000; i++) {
                Call<Integer> receiver = call(() -> channel.receive(context));
                channel.send(context, i);
                assertThat(receiver.value()).isEqualTo(i);
            }
            assertThat(done(context).waitingReceivers()).isZero();
            assertThat(context.dependents()).isZero();
        }
    }

    @Test
    void aSenderInterruptedWhileReceivedFromEitherSentOrDidNot() throws Exception {
        for (int race = 0; race < RACES; race++) {
            CyclicBarrier start = new CyclicBarrier(2);
            Call<Boolean> sender = call(() -> {
                try {
                    channel.send(1);
                    return true;
                } catch (InterruptedException e) {
                    return false;
                }
            });
            until(() -> channel.waitingSenders() == 1);
            Call<Void> interrupter = go(() -> {
                start.await();
                sender.interrupt();
            });
            start.await();
            Received<Integer> received = channel.tryReceive();

            assertThat(interrupter.failure()).isNull();
            assertThat(sender.value()).isEqualTo(received instanceof Value);
            assertThat(channel.waitingSenders()).isZero();
        }
    }

    @Test
    void aReceiverCancelledWhileSentToEitherReceivedOrDidNot() throws Exception {
        for (int race = 0; race < RACES; race++) {
            Context context = Context.background().withCancel();
            CyclicBarrier start = new CyclicBarrier(2);
            Call<Integer> receiver = call(() -> {
                try {
                    return channel.receive(context);
                } catch (CancelledException e) {
                    return null;
                }
            });
            until(() -> channel.waitingReceivers() == 1);
            Call<Void> canceller = go(() -> {
                start.await();
                context.cancel();
            });
            start.await();
            boolean sent = channel.trySend(1);

            assertThat(canceller.failure()).isNull();
            assertThat(receiver.value() != null).isEqualTo(sent);
            assertThat(channel.waitingReceivers()).isZero();
        }
    }

    @Test
    void aTimeoutThatRacesWithASendEitherReceivedOrDidNot() throws InterruptedException {
        for (int race = 0; race < RACES; race++) {
            Call<Received<Integer>> receiver = call(() -> channel.receive(Duration.ofNanos(50_000)));
            boolean sent = channel.send(1, Duration.ofNanos(50_000));
            assertThat(receiver.value()).isEqualTo(sent ? new Value<>(1) : new Late<>());
            assertThat(channel.waitingReceivers()).isZero();
            assertThat(channel.waitingSenders()).isZero();
        }
    }
}
