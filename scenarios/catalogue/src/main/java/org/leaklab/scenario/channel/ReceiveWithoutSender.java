package org.leaklab.scenario.channel;

import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A receiver on an open channel, and no sender.
 *
 * <p>The receive returns when a value comes or the channel is closed. Only the receiver knows the channel, so no thread
 * can send or close. The thread keeps its stack, and all that its stack holds.
 *
 * <p>In Go: {@code ch := make(chan string); go func() { <-ch }()}.
 */
@Leak(
        id = "receive-without-sender",
        family = Family.CHANNEL,
        stuck = 1,
        at = "Channel.receive",
        cause = "a receive needs a value or a closed channel, and nobody sends or closes",
        cure = "close the channel once it is known that nothing will be sent")
public final class ReceiveWithoutSender implements Scenario {

    @Override
    public void leaky(Threads threads) {
        Channel<String> answers = Channel.unbuffered();
        threads.start("receiver", () -> answers.receive());
    }

    @Override
    public void fixed(Threads threads) {
        Channel<String> answers = Channel.unbuffered();
        threads.start("receiver", () -> answers.receive());
        answers.close();
    }
}

// java -jar benchmarks.jar run receive-without-sender --idiom channel
