package org.leaklab.scenario.channel;

import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A consumer that gets null from a closed channel, takes it for "nothing yet", and tries again.
 *
 * <p>A receive from a closed and drained channel returns at once, and will do so for ever. So the loop neither waits
 * nor ends: the thread keeps a processor busy, and a virtual one keeps its carrier from all other virtual threads. This
 * channel leak shows in the processor load and not in the number of waiting threads. Only an interrupt ends it, because
 * a receive looks at the flag even when it does not have to wait. But no other thread knows this thread, so none can
 * interrupt it.
 *
 * <p>In Go: {@code for { if line, ok := <-lines; ok { page.WriteString(line) } }}.
 */
@Leak(
        id = "closed-channel-spin",
        family = Family.CHANNEL,
        stuck = 1,
        waits = Waits.SPINNING,
        at = "ClosedChannelSpin.printForEver",
        cause = "a closed channel answers every receive at once, and the loop does not stop at that answer",
        cure = "stop at the first null, or loop with forEach, which does",
        notReported = "It computes, and no detector can know that a loop never ends. Count, profile and "
                + "verify show that the thread is there.")
public final class ClosedChannelSpin implements Scenario {

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        Channel<String> lines = Channel.buffered(2);
        StringBuilder page = new StringBuilder();
        threads.start("consumer", () -> printForEver(threads, lines, page));
        feed(lines);
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        Channel<String> lines = Channel.buffered(2);
        StringBuilder page = new StringBuilder();
        threads.start("consumer", () -> printUntilClosed(threads, lines, page));
        feed(lines);
    }

    private static void printForEver(Threads threads, Channel<String> lines, StringBuilder page)
            throws InterruptedException {
        while (true) {
            threads.work(); // what a turn of the loop costs
            String line = lines.receive();
            if (line == null) {
                continue;
            }
            page.append(line);
        }
    }

    private static void printUntilClosed(Threads threads, Channel<String> lines, StringBuilder page)
            throws InterruptedException {
        while (true) {
            threads.work(); // what a turn of the loop costs
            String line = lines.receive();
            if (line == null) {
                return;
            }
            page.append(line);
        }
    }

    private static void feed(Channel<String> lines) throws InterruptedException {
        lines.send("first line\n");
        lines.send("last line\n");
        lines.close();
    }
}

// java -jar benchmarks.jar run closed-channel-spin --idiom channel
