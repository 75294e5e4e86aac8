package org.leaklab.scenario.cancellation;

import java.time.Duration;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Received.Empty;
import org.leaklab.core.Select;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A poller that sleeps between its looks, and does not notice the end of its request.
 *
 * <p>A sleep waits for the clock alone, and a context does not interrupt. After the client has hung up, nothing more
 * comes into the inbox, so the poller's condition never becomes true. It wakes, looks, and sleeps again, for ever. In a
 * thread dump it looks like a thread that will soon go on.
 *
 * <p>In Go: {@code for len(inbox) == 0 { time.Sleep(period) }} where {@code select { case <-ctx.Done(): return; case
 * <-time.After(period): }} belongs.
 */
@Leak(
        id = "sleep-ignores-cancellation",
        family = Family.CANCELLATION,
        stuck = 1,
        waits = Waits.SLEEPING,
        at = "Thread.sleep",
        cause = "a sleep waits for the clock only, and what is polled for never comes once the request is over",
        cure = "pause in a select on the context and a timeout, never in a bare sleep",
        notReported = "It wakes by itself, again and again, and no detector can know that it never "
                + "stops. Count, profile and verify show that the thread is there.")
public final class SleepIgnoresCancellation implements Scenario {

    private static final Duration PERIOD = Duration.ofMillis(100);

    @Override
    public void leaky(Threads threads) {
        Channel<String> inbox = Channel.buffered(1);
        Context request = Context.background().withCancel();
        threads.start("poller", () -> {
            while (inbox.tryReceive() instanceof Empty) {
                Thread.sleep(PERIOD);
            }
        });
        request.cancel(); // the client hangs up
    }

    @Override
    public void fixed(Threads threads) {
        Channel<String> inbox = Channel.buffered(1);
        Context request = Context.background().withCancel();
        threads.start("poller", () -> {
            while (inbox.tryReceive() instanceof Empty) {
                boolean over = new Select<Boolean>()
                        .onDone(request, () -> true)
                        .onTimeout(PERIOD, () -> false)
                        .run();
                if (over) {
                    return;
                }
            }
        });
        request.cancel(); // the client hangs up
    }
}

// java -jar benchmarks.jar run sleep-ignores-cancellation --idiom channel
