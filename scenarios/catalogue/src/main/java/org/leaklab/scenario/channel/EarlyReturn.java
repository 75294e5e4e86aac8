package org.leaklab.scenario.channel;

import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A caller that starts a query, then fails a check and leaves before it receives the result.
 *
 * <p>The send completes only when a receiver takes the value, and the only receiver has returned. No other thread knows
 * the channel. The query keeps its stack, and with it the result.
 *
 * <p>In Go: {@code go func() { ch <- query() }(); if err := check(); err != nil { return err }; return <-ch}.
 */
@Leak(
        id = "early-return",
        family = Family.CHANNEL,
        stuck = 1,
        at = "Channel.send",
        cause = "the caller leaves through an error check before it receives, and the unbuffered send waits for it",
        cure = "leave room for the value, so that the sender does not depend on who stays to receive",
        unlike = "send-without-receiver: there no thread was ever meant to receive")
public final class EarlyReturn implements Scenario {

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        Channel<Integer> rows = Channel.unbuffered();
        threads.start("query", () -> rows.send(42));
        if (!mayRead("guest")) {
            return;
        }
        rows.receive();
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        Channel<Integer> rows = Channel.buffered(1);
        threads.start("query", () -> rows.send(42));
        if (!mayRead("guest")) {
            return;
        }
        rows.receive();
    }

    private static boolean mayRead(String user) {
        return user.equals("admin");
    }
}

// java -jar benchmarks.jar run early-return --idiom channel
