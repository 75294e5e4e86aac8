package org.leaklab.scenario.channel;

import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A sender on an unbuffered channel, and no receiver.
 *
 * <p>The send completes only when a receiver takes the value. Only the sender knows the channel, so no thread can ever
 * complete the send. The thread keeps its stack, and all that its stack holds.
 *
 * <p>In Go: {@code ch := make(chan int); go func() { ch <- 42 }()}.
 */
@Leak(
        id = "send-without-receiver",
        family = Family.CHANNEL,
        stuck = 1,
        at = "Channel.send",
        cause = "an unbuffered send needs a receiver, and nobody receives",
        cure = "leave room for the value, or select on the send and the context",
        unlike = "early-return: there the receiver exists, and leaves before it receives")
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

// java -jar benchmarks.jar run send-without-receiver --idiom channel
