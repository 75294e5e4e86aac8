package org.leaklab.scenario.channel;

import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Five replicas race for an answer, and the caller takes the first.
 *
 * <p>Each replica's send completes only when a receiver takes its answer. The caller needs one and leaves; the four
 * losers share the channel only with each other, and all of them send, so nothing can ever complete them. Each keeps
 * its stack and an answer that is no longer needed.
 *
 * <p>In Go: {@code for _, r := range replicas { go func() { ch <- r.query() }() }; return <-ch}.
 */
@Leak(
        id = "first-result-wins",
        family = Family.CHANNEL,
        stuck = 4,
        at = "Channel.send",
        cause = "five racers send on an unbuffered channel, and only the first result is received",
        cure = "leave room for every racer's result, or cancel the losers",
        unlike = "surplus-senders: there the caller needs every result, so the cure is to receive them all")
public final class FirstResultWins implements Scenario {

    private static final int REPLICAS = 5;

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        Channel<String> answers = Channel.unbuffered();
        for (int i = 0; i < REPLICAS; i++) {
            String replica = "replica " + i;
            threads.start(replica, () -> answers.send("answer of " + replica));
        }
        answers.receive();
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        Channel<String> answers = Channel.buffered(REPLICAS);
        for (int i = 0; i < REPLICAS; i++) {
            String replica = "replica " + i;
            threads.start(replica, () -> answers.send("answer of " + replica));
        }
        answers.receive();
    }
}

// java -jar benchmarks.jar run first-result-wins --idiom channel
