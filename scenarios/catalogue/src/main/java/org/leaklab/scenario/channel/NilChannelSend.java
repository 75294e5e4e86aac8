package org.leaklab.scenario.channel;

import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A sender on a nil channel: one that was declared and never made.
 *
 * <p>A send on a nil channel is never ready, even if a thread receives from it, and a nil channel cannot be closed.
 * Nothing can ever complete the send. The thread keeps its stack, and the value that it wants to send.
 *
 * <p>In Go: {@code var audit chan string; go func() { audit <- "login" }()}.
 */
@Leak(
        id = "nil-channel-send",
        family = Family.CHANNEL,
        stuck = 1,
        at = "Channel.send",
        cause = "the channel was never made, and a send on a nil channel blocks for ever",
        cure = "make the channel where it is declared",
        noJdkForm = "a variable that holds no queue is null in Java, and put throws a NullPointerException at once")
public final class NilChannelSend implements Scenario {

    @Override
    public void leaky(Threads threads) {
        Channel<String> audit = Channel.nil();
        threads.start("handler", () -> audit.send("login"));
    }

    @Override
    public void fixed(Threads threads) {
        Channel<String> audit = Channel.buffered(1);
        threads.start("handler", () -> audit.send("login"));
    }
}

// java -jar benchmarks.jar run nil-channel-send --idiom channel
