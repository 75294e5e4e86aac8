package org.leaklab.scenario.channel;

import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A sender on an unbuffered channel that nobody receives from.
 *
 * <p>The send completes only when a receiver takes the value. Nothing else knows the channel, so nothing can ever
 * complete it: the thread keeps its stack, and all that its stack holds, until the process ends.
 *
 * <p>In Go: {@code ch := make(chan int); go func() { ch <- 42 }()}.
 */
@Leak(
        id = "send-without-receiver",
        family = Family.CHANNEL,
        stuck = 1,
        at = "Channel.send",
        cause = "an unbuffered send needs a receiver, and nobody receives",
        cure = "leave room for the value, or select on the send and the context")
public final class SendWithoutReceiver implements Scenario {

    @Override
    public void leaky(Threads threads) {
        Channel<Integer> results = Channel.unbuffered();
        threads.start("sender", () -> results.send(42));
    }

    @Override
    public void fixed(Threads threads) {
        Channel<Integer> results = Channel.buffered(1);
        threads.start("sender", () -> results.send(42));
    }
}
