package org.leaklab.scenario.channel;

import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Ten senders on an unbuffered channel, and a caller that receives one value.
 *
 * <p>Each send completes only when a receiver takes its value. The caller takes the first and leaves; the other nine
 * share the channel only with each other, and all of them send, so nothing can ever complete them. Each keeps its stack
 * and the value that it wants to hand over.
 *
 * <p>In Go: {@code for range 10 { go func() { ch <- check() }() }; return <-ch}.
 */
@Leak(
        id = "surplus-senders",
        family = Family.CHANNEL,
        stuck = 9,
        at = "Channel.send",
        cause = "ten values are sent on an unbuffered channel, and one is received",
        cure = "receive as many values as are sent",
        unlike = "first-result-wins: there the caller needs one result only, so the cure is room for the others")
public final class SurplusSenders implements Scenario {

    private static final int SENDERS = 10;

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        Channel<String> reports = Channel.unbuffered();
        for (int i = 0; i < SENDERS; i++) {
            threads.start("sender", () -> reports.send("healthy"));
        }
        reports.receive();
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        Channel<String> reports = Channel.unbuffered();
        for (int i = 0; i < SENDERS; i++) {
            threads.start("sender", () -> reports.send("healthy"));
        }
        for (int i = 0; i < SENDERS; i++) {
            reports.receive();
        }
    }
}

// java -jar benchmarks.jar run surplus-senders --idiom channel
