package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.Received.Value;
import org.leaklab.testing.Eventually;

/** Selects of which something is ready: exactly one clause takes effect, chosen at random. */
class SelectTest extends CoreTest {

    private static final int RUNS = 10_000;
    private static final Percentage TENTH = Percentage.withPercentage(10); // seven deviations and more

    @Test
    void theReadyClauseTakesEffect() throws InterruptedException {
        Channel<String> empty = Channel.buffered(1);
        Channel<String> full = Channel.buffered(1);
        full.send("value");

        String received = new Select<String>()
                .onReceive(empty, value -> "empty")
                .onReceive(full, value -> "full " + value)
                .run();
        String sent = new Select<String>()
                .onReceive(empty, value -> "received")
                .onSend(full, "sent", () -> "sent")
                .run();

        assertThat(received).isEqualTo("full value");
        assertThat(sent).isEqualTo("sent");
        assertThat(full.tryReceive()).isEqualTo(new Value<>("sent"));
        assertThat(empty.size()).isZero();
    }

    @Test
    void ofTwoThatAreReadyEachIsChosenHalfOfTheTime() throws InterruptedException {
        Channel<Integer> left = Channel.buffered(1);
        Channel<Integer> right = Channel.buffered(1);
        int[] chosen = new int[2];
        Select<Integer> select =
                new Select<Integer>().onReceive(left, value -> chosen[0]++).onReceive(right, value -> chosen[1]++);
        for (int run = 0; run < RUNS; run++) {
            assertThat(left.trySend(run) ^ right.trySend(run)).isEqualTo(run > 0); // one was taken, refill it
            select.run();
            assertThat(left.size() + right.size()).isEqualTo(1);
        }
        assertThat(chosen[0] + chosen[1]).isEqualTo(RUNS);
        assertThat(chosen[0]).isCloseTo(RUNS / 2, TENTH);
    }

    @Test
    void ofASendAndAReceiveThatAreReadyEachIsChosenHalfOfTheTime() throws InterruptedException {
        Channel<Integer> half = Channel.buffered(2);
        half.send(0);
        int sends = 0;
        for (int run = 0; run < RUNS; run++) {
            boolean sent = new Select<Boolean>()
                    .onSend(half, run, () -> true)
                    .onReceive(half, value -> false)
                    .run();
            if (sent) {
                sends++;
                assertThat(half.tryReceive()).isInstanceOf(Value.class);
            } else {
                assertThat(half.trySend(run)).isTrue();
            }
            assertThat(half.size()).isEqualTo(1);
        }
        assertThat(sends).isCloseTo(RUNS / 2, TENTH);
    }

    @Test
    void whatIsReadyInAClosedAndAnOpenChannelIsChosenAlike() throws InterruptedException {
        Channel<Integer> closed = Channel.unbuffered();
        closed.close();
        Context done = Context.background().withCancel();
        done.cancel();
        Channel<Integer> open = Channel.buffered(1);
        int[] chosen = new int[3];
        Select<Integer> select = new Select<Integer>()
                .onReceive(closed, value -> {
                    assertThat(value).isNull();
                    return chosen[0]++;
                })
                .onDone(done, () -> chosen[1]++)
                .onSendOf(open, () -> 1, () -> chosen[2]++);
        for (int run = 0; run < RUNS; run++) {
            select.run();
            open.tryReceive();
        }
        assertThat(IntStream.of(chosen).sum()).isEqualTo(RUNS);
        for (int times : chosen) {
            assertThat(times).isCloseTo(RUNS / 3, TENTH);
        }
    }

    @Test
    void theDefaultIsTakenOnlyWhenNothingIsReady() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(1);
        Select<String> select = new Select<String>()
                .onReceive(channel, value -> "value " + value)
                .onDone(Context.background(), () -> "done")
                .onTimeout(Duration.ofHours(1), () -> "late")
                .orElse(() -> "nothing");

        assertThat(select.run()).isEqualTo("nothing");
        channel.send(1);
        assertThat(select.run()).isEqualTo("value 1");
        assertThat(select.run()).isEqualTo("nothing");
        assertThat(channel.waitingReceivers()).isZero();
    }

    @Test
    void noTimeMeansOnlyWhatIsReady() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(1);
        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            Select<String> select =
                    new Select<String>().onReceive(channel, value -> "value").onTimeout(none, () -> "late");
            assertThat(select.run()).isEqualTo("late");
            channel.send(1);
            assertThat(select.run()).isEqualTo("value");
        }
    }

    @Test
    void aClosedAndDrainedChannelIsReadyWithNull() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(1);
        channel.send(1);
        channel.close();
        Select<String> select = new Select<String>().onReceive(channel, value -> "got " + value);

        assertThat(select.run()).isEqualTo("got 1");
        assertThat(select.run()).isEqualTo("got null");
        assertThat(select.run()).isEqualTo("got null");
    }

    @Test
    void aSendOnAClosedChannelThrowsAndNothingElseTakesEffect() {
        Channel<Integer> closed = Channel.buffered(1);
        closed.close();
        AtomicInteger handled = new AtomicInteger();
        Select<Integer> select = new Select<Integer>()
                .onSend(closed, 1, handled::incrementAndGet)
                .orElse(handled::incrementAndGet);

        assertThatThrownBy(select::run)
                .isInstanceOf(ClosedException.class)
                .hasMessageStartingWith("send on closed channel");
        assertThat(handled).hasValue(0);
    }

    @Test
    void nothingIsEverReadyOnANilChannel() throws InterruptedException {
        Channel<Integer> nil = Channel.nil();
        Call<Void> sender = go(() -> nil.send(1));
        Call<Integer> receiver = call(nil::receive);
        Eventually.until(() -> nil.waitingSenders() == 1 && nil.waitingReceivers() == 1);

        String chosen = new Select<String>()
                .onReceive(nil, value -> "received")
                .onSend(nil, 1, () -> "sent")
                .onTimeout(Duration.ofMillis(5), () -> "late")
                .run();

        assertThat(chosen).isEqualTo("late");
        assertThat(nil.waitingSenders()).isEqualTo(1);
        assertThat(nil.waitingReceivers()).isEqualTo(1);
        sender.interrupt();
        receiver.interrupt();
        assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
        assertThat(receiver.failure()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void valuesToSendAreComputedAnewInEachRun() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(3);
        AtomicInteger next = new AtomicInteger();
        Select<Boolean> select = new Select<Boolean>().onSendOf(channel, next::incrementAndGet, () -> true);

        select.run();
        select.run();
        select.run();

        List<Integer> received = new ArrayList<>();
        channel.close();
        channel.forEach(received::add);
        assertThat(received).containsExactly(1, 2, 3);
    }

    @Test
    void nullIsNoValue() {
        Channel<Integer> channel = Channel.buffered(1);
        Select<Boolean> select = new Select<Boolean>().onSend(channel, null, () -> true);
        assertThatThrownBy(select::run).isInstanceOf(NullPointerException.class);
        assertThat(channel.size()).isZero();
    }

    @Test
    void whatIsMissingOrThereTwiceIsRefused() {
        Channel<Integer> channel = Channel.buffered(1);
        Select<Boolean> select =
                new Select<Boolean>().onTimeout(Duration.ofHours(1), () -> true).orElse(() -> true);

        assertThatThrownBy(() -> select.onTimeout(Duration.ZERO, () -> true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> select.orElse(() -> true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> select.onReceive(channel, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> select.onSend(channel, 1, null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void whoIsInterruptedBeforeDoesNothing() {
        Channel<Integer> ready = Channel.buffered(1);
        Select<Boolean> select = new Select<Boolean>().onSend(ready, 1, () -> true);

        Thread.currentThread().interrupt();

        assertThatThrownBy(select::run).isInstanceOf(InterruptedException.class);
        assertThat(ready.size()).isZero();
    }

    @Test
    void handlersRunOnTheSelectingThreadWithoutAnyLock() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(1);
        channel.send(1);
        Thread self = Thread.currentThread();

        boolean asked = new Select<Boolean>()
                .onReceive(channel, value -> {
                    assertThat(Thread.currentThread()).isSameAs(self);
                    return call(() -> channel.trySend(2)).value(); // would hang under the channel's lock
                })
                .run();

        assertThat(asked).isTrue();
    }

    @Test
    void whatAHandlerThrowsComesOut() throws InterruptedException {
        Channel<Integer> channel = Channel.buffered(1);
        channel.send(1);
        Select<Boolean> select = new Select<Boolean>().onReceive(channel, value -> {
            throw new IllegalStateException("at " + value);
        });
        assertThatThrownBy(select::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("at 1");
        assertThat(channel.size()).isZero();
    }
}
