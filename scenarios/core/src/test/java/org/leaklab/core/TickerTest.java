package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.PATIENCE;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Received.Empty;
import org.leaklab.core.Received.Value;

/** Ticks at a fixed rate until stopped. */
class TickerTest extends CoreTest {

    private static final Duration PERIOD = Duration.ofMillis(2);

    @Override
    ThreadKind bodyKind() {
        return ThreadKind.PLATFORM; // a ticker that never sleeps keeps a carrier
    }

    @Test
    void itTicksAtItsRate() throws InterruptedException {
        long start = System.nanoTime();
        try (Ticker ticker = Ticker.every(threads, PERIOD)) {
            Instant previous = Instant.MIN;
            for (int i = 0; i < 5; i++) {
                Instant tick = ticker.ticks().receive(PATIENCE) instanceof Value<Instant> at ? at.value() : Instant.MIN;
                assertThat(tick).isAfter(previous);
                previous = tick;
            }
            assertThat(System.nanoTime() - start)
                    .isGreaterThanOrEqualTo(PERIOD.multipliedBy(5).toNanos());
        }
    }

    @Test
    void theFirstTickComesAfterOnePeriod() {
        try (Ticker ticker = Ticker.every(threads, Duration.ofHours(1))) {
            assertThat(ticker.ticks().tryReceive()).isEqualTo(new Empty<>());
        }
    }

    @Test
    void stoppedItsThreadEndsAndItsChannelStaysOpen() throws InterruptedException {
        Ticker ticker = Ticker.every(threads, PERIOD);
        assertThat(ticker.ticks().receive(PATIENCE)).isInstanceOf(Value.class);

        ticker.stop();
        ticker.close();

        assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
        assertThat(ticker.ticks().tryReceive()).isEqualTo(new Empty<>());
        assertThat(ticker.ticks().isDrained()).isFalse();
    }

    @Test
    void afterTheStopNoTickComes() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            Ticker ticker = Ticker.every(threads, Duration.ofNanos(20_000));
            assertThat(ticker.ticks().receive(PATIENCE)).isInstanceOf(Value.class);
            ticker.stop();
            assertThat(ticker.ticks().receive(Duration.ofNanos(200_000))).isEqualTo(new Received.Late<>());
        }
    }

    @Test
    void aTickerThatIsAlwaysLateCanBeStopped() throws InterruptedException {
        Ticker ticker = Ticker.every(threads, Duration.ofNanos(1));
        assertThat(ticker.ticks().receive(PATIENCE)).isInstanceOf(Value.class);

        ticker.stop();

        assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
    }

    @Test
    void ticksThatNobodyTakesDoNotPileUp() throws InterruptedException {
        try (Ticker ticker = Ticker.every(threads, PERIOD)) {
            Channel<Instant> ticks = (Channel<Instant>) ticker.ticks();
            try (Ticker clock = Ticker.every(threads, PERIOD.multipliedBy(5))) {
                for (int i = 0; i < 3; i++) {
                    assertThat(clock.ticks().receive(PATIENCE)).isInstanceOf(Value.class);
                    assertThat(ticks.size()).isLessThanOrEqualTo(1);
                }
            }
            assertThat(ticks.capacity()).isEqualTo(1);
        }
    }

    @Test
    void aPeriodIsPositive() {
        assertThatThrownBy(() -> Ticker.every(threads, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ticker.every(threads, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(threads.liveCount()).isZero();
    }
}
