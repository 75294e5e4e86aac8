package org.leaklab.scenario.cancellation;

import java.time.Duration;
import org.leaklab.core.Ticker;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A ticker that is never stopped.
 *
 * <p>A ticker works on a thread of its own, which ends only when it is stopped. Only the heartbeat that made it could
 * stop it. The heartbeat is over, and the ticker has no way to learn that. Its channel is full, so each tick is
 * dropped. The thread sleeps, wakes for nothing, and sleeps again, for ever. Beside the memory, each such ticker costs
 * a wake-up a period.
 *
 * <p>In Go: {@code t := time.NewTicker(period); <-t.C; return} without {@code defer t.Stop()}. Since Go 1.23 the
 * garbage collector takes such a ticker. In Java the ticker is a thread, and the collector never takes a thread that
 * sleeps.
 */
@Leak(
        id = "ticker-never-stopped",
        family = Family.CANCELLATION,
        stuck = 1,
        waits = Waits.SLEEPING,
        at = "Ticker.tick",
        cause = "a ticker runs until it is stopped, and the only one who could stop it has returned",
        cure = "open a ticker in try-with-resources",
        notReported = "It wakes by itself, again and again, and no detector can know that it never "
                + "stops. Count, profile and verify show that the thread is there.")
public final class TickerNeverStopped implements Scenario {

    private static final Duration PERIOD = Duration.ofMillis(50);

    @Override
    public void leaky(Threads threads) {
        threads.start("heartbeat", () -> {
            Ticker ticker = Ticker.every(threads.launcher(), PERIOD);
            ticker.ticks().receive();
        });
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("heartbeat", () -> {
            try (Ticker ticker = Ticker.every(threads.launcher(), PERIOD)) {
                ticker.ticks().receive();
            }
        });
    }
}

// java -jar benchmarks.jar run ticker-never-stopped --idiom channel
