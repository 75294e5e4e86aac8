package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Received.Closed;
import org.leaklab.core.Received.Empty;
import org.leaklab.core.Received.Late;
import org.leaklab.core.Received.Value;

/** What a receive says that may give up: a value, closed, late, empty; and which of them goes first. */
class ReceivedTest extends CoreTest {

    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int RACES = 500;

    private final Channel<Integer> channel = Channel.buffered(2);

    /** One word for each outcome; without a default, so a further outcome does not compile. */
    private static String word(Received<Integer> received) {
        return switch (received) {
            case Value<Integer> value -> "value " + value.value();
            case Closed<Integer> nothing -> "closed";
            case Late<Integer> nothing -> "late";
            case Empty<Integer> nothing -> "empty";
        };
    }

    @Test
    void aValueThatIsThere() throws InterruptedException {
        channel.send(1);
        channel.send(2);
        assertThat(word(channel.tryReceive())).isEqualTo("value 1");
        assertThat(word(channel.receive(Duration.ZERO))).isEqualTo("value 2");
    }

    @Test
    void aValueThatComesInTime() throws InterruptedException {
        Call<Received<Integer>> receiver = call(() -> channel.receive(HOUR));
        until(() -> channel.waitingReceivers() == 1);
        channel.send(1);
        assertThat(word(receiver.value())).isEqualTo("value 1");
    }

    @Test
    void noValueInTimeIsLateAndNoValueNowIsEmpty() throws InterruptedException {
        assertThat(word(channel.receive(SHORT))).isEqualTo("late");
        assertThat(word(channel.receive(Duration.ZERO))).isEqualTo("late");
        assertThat(word(channel.receive(Duration.ofSeconds(-1)))).isEqualTo("late");
        assertThat(word(channel.tryReceive())).isEqualTo("empty");
    }

    @Test
    void aClosedChannelGivesWhatIsLeftAndThenSaysClosed() throws InterruptedException {
        channel.send(1);
        channel.send(2);
        channel.close();
        assertThat(word(channel.receive(HOUR))).isEqualTo("value 1");
        assertThat(word(channel.tryReceive())).isEqualTo("value 2");
        assertThat(word(channel.tryReceive())).isEqualTo("closed");
        assertThat(word(channel.receive(HOUR))).isEqualTo("closed");
        assertThat(channel.receive()).isNull();
    }

    @Test
    void closedGoesBeforeLate() throws InterruptedException {
        channel.send(1);
        channel.close();
        assertThat(word(channel.receive(Duration.ZERO))).isEqualTo("value 1");
        assertThat(word(channel.receive(Duration.ZERO))).isEqualTo("closed");
        assertThat(word(channel.receive(Duration.ofSeconds(-1)))).isEqualTo("closed");
    }

    @Test
    void aCloseEndsATimedWait() {
        Call<Received<Integer>> receiver = call(() -> channel.receive(HOUR));
        until(() -> channel.waitingReceivers() == 1);
        channel.close();
        assertThat(word(receiver.value())).isEqualTo("closed");
    }

    @Test
    void whenCloseAndTheEndOfTheTimeMeetEitherDecidesAndTheNextReceiveSaysClosed() throws Exception {
        for (int race = 0; race < RACES; race++) {
            Channel<Integer> closing = Channel.unbuffered();
            CyclicBarrier start = new CyclicBarrier(2);
            Call<String> receiver = call(() -> {
                start.await();
                return word(closing.receive(Duration.ofNanos(20_000)));
            });
            start.await();
            closing.close();
            assertThat(receiver.value()).isIn("closed", "late");
            assertThat(word(closing.receive(HOUR))).isEqualTo("closed");
            assertThat(closing.waitingReceivers()).isZero();
        }
    }

    @Test
    void aNilChannelIsNeverClosed() throws InterruptedException {
        assertThat(word(Channel.<Integer>nil().receive(SHORT))).isEqualTo("late");
        assertThat(word(Channel.<Integer>nil().tryReceive())).isEqualTo("empty");
    }

    @Test
    void ofNoValueThereIsOnlyOne() throws InterruptedException {
        assertThat(channel.tryReceive()).isSameAs(channel.tryReceive());
        assertThat(channel.receive(Duration.ZERO)).isSameAs(channel.receive(Duration.ZERO));
        channel.close();
        assertThat(channel.tryReceive()).isSameAs(channel.receive(HOUR));
    }
}
