package org.leaklab.scenario.cancellation;

import java.time.Duration;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.ReceiveChannel;
import org.leaklab.core.Select;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A caller that stops waiting for a task, and does not stop the task.
 *
 * <p>The page waits for the quote for a limited time, and is then shown without it. The timeout ends only the page's
 * wait. The task goes on, gets its quote from the shop late, and sends it on a channel that no thread receives from any
 * more. With a buffer of one, the task would end after useless work. With the same context for both, the task ends when
 * the wait ends, as {@link org.leaklab.core.TimeoutGuard} does.
 *
 * <p>In Go: {@code go func() { quotes <- ask(shop) }(); select { case q := <-quotes: return q; case
 * <-time.After(limit): return none }}.
 */
@Leak(
        id = "timeout-abandons-task",
        family = Family.CANCELLATION,
        stuck = 1,
        at = "Channel.send",
        cause = "the timeout ends the wait for the task but not the task, and its late result has no receiver",
        cure = "a timeout cancels what it waits for: run the task under the context that limits the wait")
public final class TimeoutAbandonsTask implements Scenario {

    private static final Duration LIMIT = Duration.ofMillis(20);

    @Override
    public void leaky(Threads threads) {
        Channel<String> shop = Channel.buffered(1);
        Channel<String> quotes = Channel.unbuffered();
        threads.start("page", () -> {
            try (Context limited = Context.background().withTimeout(LIMIT)) {
                threads.start("quote", () -> quotes.send(shop.receive()));
                show(limited, quotes);
            }
            shop.send("12 EUR"); // too late
        });
    }

    @Override
    public void fixed(Threads threads) {
        Channel<String> shop = Channel.buffered(1);
        Channel<String> quotes = Channel.unbuffered();
        threads.start("page", () -> {
            try (Context limited = Context.background().withTimeout(LIMIT)) {
                threads.start("quote", () -> quotes.send(limited, shop.receive(limited)));
                show(limited, quotes);
            }
            shop.send("12 EUR"); // too late
        });
    }

    /** Waits for the quote while the context lasts, and does without it otherwise. */
    private static String show(Context limited, ReceiveChannel<String> quotes) throws InterruptedException {
        return new Select<String>()
                .onReceive(quotes, quote -> "now for " + quote)
                .onDone(limited, () -> "ask for the price")
                .run();
    }
}

// java -jar benchmarks.jar run timeout-abandons-task --idiom channel
