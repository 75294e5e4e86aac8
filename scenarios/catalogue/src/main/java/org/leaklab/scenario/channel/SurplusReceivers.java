package org.leaklab.scenario.channel;

import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Ten receivers wait for the starting signal, which is sent as one value.
 *
 * <p>A value goes to exactly one receiver; only a close reaches all. After the send only the nine other receivers know
 * the channel. All of them receive, so nothing can ever wake them. Each keeps its stack and all that it holds ready for
 * the start.
 *
 * <p>In Go: {@code for range 10 { go func() { <-start; run() }() }; start <- struct{}{}}, where {@code close(start)} is
 * meant.
 */
@Leak(
        id = "surplus-receivers",
        family = Family.CHANNEL,
        stuck = 9,
        at = "Channel.receive",
        cause = "one value is sent to ten receivers, and a value wakes only one",
        cure = "close the channel to tell all who wait; send a value to tell one")
public final class SurplusReceivers implements Scenario {

    private static final int RECEIVERS = 10;

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        Channel<String> start = Channel.unbuffered();
        for (int i = 0; i < RECEIVERS; i++) {
            threads.start("receiver", () -> start.receive());
        }
        start.send("go");
    }

    @Override
    public void fixed(Threads threads) {
        Channel<String> start = Channel.unbuffered();
        for (int i = 0; i < RECEIVERS; i++) {
            threads.start("receiver", () -> start.receive());
        }
        start.close();
    }
}

// java -jar benchmarks.jar run surplus-receivers --idiom channel
