package org.leaklab.scenario.channel;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A consumer takes every line from a queue until the end mark, and the producer never puts the end mark.
 *
 * <p>A {@code BlockingQueue} has no end of its own, so the two have agreed on an element that means "no more": the
 * poison pill. The consumer cannot know that the last line was the last. The producer has ended, and no other thread
 * knows the queue. The consumer keeps its stack and the page that it has collected.
 */
@Leak(
        id = "range-over-unclosed-channel",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 1,
        at = "LinkedBlockingQueue.take",
        cause = "the loop over the queue ends at the end mark, and the producer ends without putting it",
        cure = "the one who puts elements puts an end mark after the last",
        unlike = "producer-never-closes: there the producer would put the end mark, but fails before it")
public final class RangeOverUnclosedChannelJdk implements Scenario {

    /** No line is empty: each ends with a line feed. */
    private static final String END = "";

    @Override
    public void leaky(Threads threads) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        threads.start("consumer", () -> collect(lines));
        threads.start("producer", () -> {
            lines.put("first line\n");
            lines.put("last line\n");
        });
    }

    @Override
    public void fixed(Threads threads) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        threads.start("consumer", () -> collect(lines));
        threads.start("producer", () -> {
            lines.put("first line\n");
            lines.put("last line\n");
            lines.put(END);
        });
    }

    private static String collect(BlockingQueue<String> lines) throws InterruptedException {
        StringBuilder page = new StringBuilder();
        for (String line = lines.take(); !line.equals(END); line = lines.take()) {
            page.append(line);
        }
        return page.toString();
    }
}

// java -jar benchmarks.jar run range-over-unclosed-channel --idiom jdk
