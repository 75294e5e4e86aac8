package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.core.Received.Closed;
import org.leaklab.core.Received.Empty;
import org.leaklab.core.Received.Late;
import org.leaklab.core.Received.Value;

/** Channels through which nothing passes any more, or ever: closed ones and nil ones. */
class ChannelCloseTest extends CoreTest {

    private static final Duration SHORT = Duration.ofMillis(5);

    @Test
    void whatIsInTheBufferComesBeforeTheEnd() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(2);
        channel.send(1);
        channel.send(2);
        assertThat(channel.isClosed()).isFalse();

        channel.close();

        assertThat(channel.isClosed()).isTrue();
        assertThat(channel.isDrained()).isFalse();
        assertThat(channel.receive()).isEqualTo(1);
        assertThat(channel.tryReceive()).isEqualTo(new Value<>(2));
        assertThat(channel.isDrained()).isTrue();
        assertThat(channel.receive()).isNull();
        assertThat(channel.tryReceive()).isEqualTo(new Closed<>());
        assertThat(channel.receive(SHORT)).isEqualTo(new Closed<>());
        assertThat(channel.receive(Context.background())).isNull();
    }

    @Test
    void receiversThatWaitAreTold() {
        Channel<Integer> channel = Channel.unbuffered();
        List<Call<Integer>> receivers =
                List.of(call(channel::receive), call(() -> channel.receive(Context.background())));
        Call<Received<Integer>> timed = call(() -> channel.receive(Duration.ofHours(1)));
        until(() -> channel.waitingReceivers() == receivers.size() + 1);

        channel.close();

        assertThat(receivers.stream().map(Call::value)).containsOnlyNulls();
        assertThat(timed.value()).isEqualTo(new Closed<>());
        assertThat(channel.waitingReceivers()).isZero();
    }

    private static void isARefusedSend(Throwable failure) {
        assertThat(failure).isInstanceOf(ClosedException.class).hasMessageStartingWith("send on closed channel");
    }

    @Test
    void sendersThatWaitAreRefusedAndTheirValuesNotDelivered() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(1);
        channel.send(0);
        List<Call<?>> senders = List.of(
                go(() -> channel.send(1)),
                call(() -> channel.send(2, Duration.ofHours(1))),
                go(() -> channel.send(Context.background(), 3)));
        until(() -> channel.waitingSenders() == senders.size());

        channel.close();

        assertThat(senders.stream().map(Call::failure)).allSatisfy(ChannelCloseTest::isARefusedSend);
        assertThat(channel.waitingSenders()).isZero();
        assertThat(channel.receive()).isZero();
        assertThat(channel.receive()).isNull();
    }

    @Test
    void aClosedChannelTakesNoValue() {
        Channel<Integer> channel = Channel.buffered(1);
        channel.close();

        assertThatThrownBy(() -> channel.send(1)).satisfies(ChannelCloseTest::isARefusedSend);
        assertThatThrownBy(() -> channel.send(1, SHORT)).satisfies(ChannelCloseTest::isARefusedSend);
        assertThatThrownBy(() -> channel.send(1, Duration.ZERO)).satisfies(ChannelCloseTest::isARefusedSend);
        assertThatThrownBy(() -> channel.trySend(1)).satisfies(ChannelCloseTest::isARefusedSend);
        assertThatThrownBy(() -> channel.send(Context.background(), 1)).satisfies(ChannelCloseTest::isARefusedSend);
        assertThat(channel.size()).isZero();
    }

    @Test
    void aChannelIsClosedOnce() {
        Channel<Integer> channel = Channel.unbuffered();
        channel.close();
        assertThatThrownBy(channel::close)
                .isInstanceOf(ClosedException.class)
                .hasMessageStartingWith("close of closed channel");
    }

    @Test
    void ofManyThatCloseOneSucceeds() {
        Channel<Integer> channel = Channel.unbuffered();
        List<Call<Void>> closers =
                Stream.generate(() -> go(channel::close)).limit(8).toList();
        assertThat(closers.stream().map(Call::failure).filter(failure -> failure == null))
                .hasSize(1);
        assertThat(channel.isDrained()).isTrue();
    }

    @Test
    void aNilChannelBlocksUntilInterrupted() {
        Channel<Integer> nil = Channel.nil();
        Call<Void> sender = go(() -> nil.send(1));
        Call<Integer> receiver = call(nil::receive);
        until(() -> nil.waitingSenders() == 1 && nil.waitingReceivers() == 1);

        assertThat(sender.isOver()).isFalse();
        assertThat(receiver.isOver()).isFalse();
        sender.interrupt();
        receiver.interrupt();

        assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
        assertThat(receiver.failure()).isInstanceOf(InterruptedException.class);
        assertThat(nil.waitingSenders()).isZero();
        assertThat(nil.waitingReceivers()).isZero();
    }

    @Test
    void aNilChannelBlocksUntilTimeRunsOutOrTheContextIsDone() throws InterruptedException {
        Channel<Integer> nil = Channel.nil();
        assertThat(nil.send(1, SHORT)).isFalse();
        assertThat(nil.receive(SHORT)).isEqualTo(new Late<>());
        try (Context context = Context.background().withTimeout(SHORT)) {
            assertThatThrownBy(() -> nil.receive(context)).isInstanceOf(DeadlineExceededException.class);
            assertThatThrownBy(() -> nil.send(context, 1)).isInstanceOf(DeadlineExceededException.class);
        }
        assertThat(nil.waitingSenders()).isZero();
        assertThat(nil.waitingReceivers()).isZero();
    }

    @Test
    void nothingPassesThroughANilChannelThoughBothSidesWait() {
        Channel<Integer> nil = Channel.nil();
        Call<Void> sender = go(() -> nil.send(1));
        Call<Integer> receiver = call(nil::receive);
        until(() -> nil.waitingSenders() == 1 && nil.waitingReceivers() == 1);

        assertThat(nil.trySend(2)).isFalse();
        assertThat(nil.tryReceive()).isEqualTo(new Empty<>());
        assertThat(nil.isDrained()).isFalse();
        assertThat(nil.isClosed()).isFalse();
        assertThat(nil.size()).isZero();
        assertThat(nil.waitingSenders()).isEqualTo(1);
        assertThat(nil.waitingReceivers()).isEqualTo(1);

        sender.interrupt();
        receiver.interrupt();
        assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
        assertThat(receiver.failure()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aNilChannelCannotBeClosed() {
        assertThatThrownBy(Channel.nil()::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("close of nil channel");
    }
}
