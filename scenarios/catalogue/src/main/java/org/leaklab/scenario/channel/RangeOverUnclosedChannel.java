package org.leaklab.scenario.channel;

import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A consumer takes every value of a channel until it is closed, and the producer never closes it.
 *
 * <p>The consumer cannot know that the last value was the last: only a close ends its loop. The producer has ended, and
 * no other thread knows the channel, so neither a value nor a close can ever come. The consumer keeps its stack and all
 * that it has collected.
 *
 * <p>In Go: {@code go func() { for line := range lines { page.WriteString(line) } }()}, and no {@code close(lines)}.
 */
@Leak(
        id = "range-over-unclosed-channel",
        family = Family.CHANNEL,
        stuck = 1,
        at = "ReceiveChannel.forEach",
        cause = "the loop over a channel ends when it is closed, and the producer ends without closing it",
        cure = "the one who sends closes the channel after the last value",
        unlike = "producer-never-closes: there the producer would close, but fails before it does")
public final class RangeOverUnclosedChannel implements Scenario {

    @Override
    public void leaky(Threads threads) {
        Channel<String> lines = Channel.unbuffered();
        StringBuilder page = new StringBuilder();
        threads.start("consumer", () -> lines.forEach(page::append));
        threads.start("producer", () -> {
            lines.send("first line\n");
            lines.send("last line\n");
        });
    }

    @Override
    public void fixed(Threads threads) {
        Channel<String> lines = Channel.unbuffered();
        StringBuilder page = new StringBuilder();
        threads.start("consumer", () -> lines.forEach(page::append));
        threads.start("producer", () -> {
            lines.send("first line\n");
            lines.send("last line\n");
            lines.close();
        });
    }
}

// java -jar benchmarks.jar run range-over-unclosed-channel --idiom channel
