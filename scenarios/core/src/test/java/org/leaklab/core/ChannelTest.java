package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Received.Empty;
import org.leaklab.core.Received.Late;
import org.leaklab.core.Received.Value;
import org.leaklab.testing.Eventually;

/** How values pass through a channel that stays open. */
class ChannelTest extends CoreTest {

    private static final Duration SHORT = Duration.ofMillis(5);

    @Test
    void aSendWaitsForItsReceiver() throws InterruptedException {
        Channel<String> channel = Channel.unbuffered();
        Call<Void> sender = go(() -> channel.send("value"));
        until(() -> channel.waitingSenders() == 1);

        assertThat(sender.isOver()).isFalse();
        assertThat(channel.receive()).isEqualTo("value");
        assertThat(sender.failure()).isNull();
        assertThat(channel.waitingSenders()).isZero();
    }

    @Test
    void aReceiveWaitsForItsSender() throws InterruptedException {
        Channel<String> channel = Channel.unbuffered();
        Call<String> receiver = call(channel::receive);
        until(() -> channel.waitingReceivers() == 1);

        assertThat(receiver.isOver()).isFalse();
        channel.send("value");
        assertThat(receiver.value()).isEqualTo("value");
        assertThat(channel.waitingReceivers()).isZero();
    }

    @Test
    void whatWasDoneBeforeASendIsSeenAfterTheReceive() {
        Channel<int[]> there = Channel.unbuffered();
        Channel<int[]> back = Channel.buffered(1);
        int[] plain = new int[1];
        Call<Void> other = go(() -> there.forEach(counter -> {
            counter[0]++;
            back.send(counter);
        }));
        Call<Integer> result = call(() -> {
            for (int i = 0; i < 2000; i++) {
                plain[0]++;
                there.send(plain);
                back.receive();
            }
            there.close();
            return plain[0];
        });

        assertThat(result.value()).isEqualTo(4000);
        assertThat(other.failure()).isNull();
    }

    @Test
    void aBufferTakesItsCapacityAheadInOrder() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(3);
        for (int round = 0; round < 3; round++) { // so that the ring wraps
            channel.send(1);
            channel.send(2);
            assertThat(channel.size()).isEqualTo(2);
            channel.send(3);
            assertThat(channel.trySend(4)).isFalse();
            assertThat(channel.send(4, Duration.ZERO)).isFalse();
            assertThat(channel.size()).isEqualTo(3);
            assertThat(channel.capacity()).isEqualTo(3);

            assertThat(channel.receive()).isEqualTo(1);
            channel.send(4);
            assertThat(List.of(channel.receive(), channel.receive(), channel.receive()))
                    .containsExactly(2, 3, 4);
            assertThat(channel.size()).isZero();
        }
    }

    @Test
    void capacityZeroIsUnbufferedAndLessIsNone() {
        assertThat(Channel.buffered(0).trySend(1)).isFalse();
        assertThat(Channel.unbuffered().capacity()).isZero();
        assertThatThrownBy(() -> Channel.buffered(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void waitingSendersAreServedFirstInFirstOut() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(1);
        channel.send(0);
        for (int i = 1; i <= 5; i++) {
            enqueueSender(channel, i);
        }

        assertThat(channel.trySend(6)).isFalse();
        for (int i = 0; i <= 5; i++) {
            assertThat(channel.tryReceive()).isEqualTo(new Value<>(i));
        }
        assertThat(channel.tryReceive()).isEqualTo(new Empty<>());
    }

    private void enqueueSender(Channel<Integer> channel, int value) {
        int before = channel.waitingSenders();
        go(() -> channel.send(value));
        until(() -> channel.waitingSenders() == before + 1);
    }

    @Test
    void waitingReceiversAreServedFirstInFirstOut() throws InterruptedException {
        for (Channel<Integer> channel : List.of(Channel.<Integer>unbuffered(), Channel.<Integer>buffered(2))) {
            List<Call<Integer>> receivers = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                int waiting = i;
                receivers.add(call(channel::receive));
                until(() -> channel.waitingReceivers() == waiting);
            }
            for (int i = 0; i < 5; i++) {
                channel.send(i);
            }
            assertThat(receivers.stream().map(Call::value).toList()).containsExactly(0, 1, 2, 3, 4);
            assertThat(channel.size()).isZero();
        }
    }

    @Test
    void aNewcomerOvertakesNoWaitingSender() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(1);
        channel.send(1);
        enqueueSender(channel, 2);

        assertThat(channel.tryReceive()).isEqualTo(new Value<>(1));
        assertThat(channel.size()).as("the waiting sender's value moved in").isEqualTo(1);
        assertThat(channel.waitingSenders()).isZero();
        assertThat(channel.trySend(3)).isFalse();
        assertThat(channel.receive()).isEqualTo(2);
    }

    @Test
    void tryingNeverWaits() throws InterruptedException {
        Channel<Integer> channel = Channel.unbuffered();
        assertThat(channel.trySend(1)).isFalse();
        assertThat(channel.tryReceive()).isEqualTo(new Empty<>());

        Call<Integer> receiver = call(channel::receive);
        until(() -> channel.waitingReceivers() == 1);
        assertThat(channel.trySend(2)).isTrue();
        assertThat(receiver.value()).isEqualTo(2);

        Call<Void> sender = go(() -> channel.send(3));
        until(() -> channel.waitingSenders() == 1);
        assertThat(channel.tryReceive()).isEqualTo(new Value<>(3));
        assertThat(sender.failure()).isNull();
    }

    @Test
    void timeRunsOut() throws InterruptedException {
        Channel<Integer> channel = Channel.unbuffered();
        long start = System.nanoTime();

        assertThat(channel.send(1, SHORT)).isFalse();
        assertThat(channel.receive(SHORT)).isEqualTo(new Late<>());

        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(SHORT.multipliedBy(2).toNanos());
        assertThat(channel.waitingSenders()).isZero();
        assertThat(channel.waitingReceivers()).isZero();
        assertThat(channel.tryReceive()).isEqualTo(new Empty<>());
    }

    @Test
    void noTimeMeansNoWait() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(1);
        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            assertThat(channel.receive(none)).isEqualTo(new Late<>());
            assertThat(channel.send(1, none)).isTrue();
            assertThat(channel.send(2, none)).isFalse();
            assertThat(channel.receive(none)).isEqualTo(new Value<>(1));
        }
    }

    @Test
    void inTimeIsInTime() throws InterruptedException {
        Channel<Integer> channel = Channel.unbuffered();
        Call<Received<Integer>> receiver = call(() -> channel.receive(Eventually.PATIENCE));
        assertThat(channel.send(1, Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        assertThat(receiver.value()).isEqualTo(new Value<>(1));

        Call<Boolean> sender = call(() -> channel.send(2, Eventually.PATIENCE));
        assertThat(channel.receive(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(new Value<>(2));
        assertThat(sender.value()).isTrue();
    }

    @Test
    void underAnOpenContextValuesPass() throws InterruptedException {
        Channel<Integer> channel = Channel.unbuffered();
        try (Context context = Context.background().withCancel()) {
            Call<Integer> receiver = call(() -> channel.receive(context));
            channel.send(context, 1);
            assertThat(receiver.value()).isEqualTo(1);
            assertThat(done(context).waitingReceivers()).isZero();
        }
    }

    @Test
    void nullIsNoValue() {
        Channel<Integer> channel = Channel.buffered(1);
        assertThatThrownBy(() -> channel.send(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> channel.send(null, SHORT)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> channel.send(Context.background(), null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> channel.trySend(null)).isInstanceOf(NullPointerException.class);
        assertThat(channel.size()).isZero();
    }

    @Test
    void forEachReceivesEverythingUntilTheClose() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(2);
        List<Integer> received = new ArrayList<>();
        go(() -> {
            for (int i = 0; i < 100; i++) {
                channel.send(i);
            }
            channel.close();
        });

        channel.forEach(received::add);

        assertThat(received)
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void forEachEndsWithTheContextOrTheFailingAction() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(2);
        channel.send(1);
        channel.send(2);
        assertThatThrownBy(() -> channel.forEach(value -> {
                    throw new IOException("at " + value);
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("at 1");

        Context context = Context.background().withCancel();
        assertThatThrownBy(() -> channel.forEach(context, value -> context.cancel()))
                .isInstanceOf(CancelledException.class);
        assertThat(channel.size()).isZero();
    }

    @Test
    void theTextSaysHowThingsStand() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(1);
        channel.send(1);
        Call<Void> sender = go(() -> channel.send(2));
        until(() -> channel.waitingSenders() == 1);

        assertThat(channel.toString()).matches("channel \\d+ \\(1 of 1, 1 sending, 0 receiving\\)");
        channel.close();
        assertThat(channel.toString()).matches("channel \\d+ \\(1 of 1, closed, 0 sending, 0 receiving\\)");
        assertThat(sender.failure())
                .isInstanceOf(ClosedException.class)
                .hasMessageStartingWith("send on closed channel");
        assertThat(Channel.nil()).hasToString("nil channel");
    }

    @Test
    void aWaitingThreadParksOnTheChannel() throws InterruptedException {
        Channel<Integer> channel = Channel.unbuffered();
        Call<Integer> receiver = call(channel::receive);
        until(() -> LockSupport.getBlocker(receiver.thread()) == channel);
        channel.send(1);
        assertThat(receiver.value()).isEqualTo(1);
    }
}
