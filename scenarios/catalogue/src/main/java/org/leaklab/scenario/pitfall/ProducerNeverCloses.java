package org.leaklab.scenario.pitfall;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A producer that closes its channel at the end, and does not get there when it fails.
 *
 * <p>The consumer reads until the channel is closed and drained. It takes the last value, and then waits for the next
 * value or the close. The only thread that could send or close has ended. Nothing can ever wake the consumer, and it
 * keeps its unfinished sum. While all input is good the program works; the first bad line makes the leak.
 *
 * <p>In Go: {@code go func() { for line := range lines { n, err := parse(line); if err != nil { return }; rows <- n };
 * close(rows) }()}, without {@code defer}.
 */
@Leak(
        id = "producer-never-closes",
        family = Family.PITFALL,
        stuck = 1,
        at = "Channel.receive",
        cause = "the producer fails before the line that closes the channel, and the consumer waits for the close",
        cure = "whoever sends closes, in a finally, on every path",
        unlike = "range-over-unclosed-channel: there the producer does not close even if all goes well")
public final class ProducerNeverCloses implements Scenario {

    private static final System.Logger LOG = System.getLogger(ProducerNeverCloses.class.getName());
    private static final List<String> LINES = List.of("17", "25", "n/a", "4");

    @Override
    public void leaky(Threads threads) {
        Channel<Integer> rows = Channel.buffered(2);
        threads.start("producer", () -> {
            try {
                parse(LINES, rows);
                rows.close();
            } catch (NumberFormatException e) {
                LOG.log(Level.DEBUG, "the rest is not read", e);
            }
        });
        threads.start("consumer", () -> sum(rows));
    }

    @Override
    public void fixed(Threads threads) {
        Channel<Integer> rows = Channel.buffered(2);
        threads.start("producer", () -> {
            try {
                parse(LINES, rows);
            } catch (NumberFormatException e) {
                LOG.log(Level.DEBUG, "the rest is not read", e);
            } finally {
                rows.close();
            }
        });
        threads.start("consumer", () -> sum(rows));
    }

    private static void parse(List<String> lines, Channel<Integer> rows) throws InterruptedException {
        for (String line : lines) {
            rows.send(Integer.parseInt(line));
        }
    }

    private static void sum(Channel<Integer> rows) throws InterruptedException {
        LongAdder sum = new LongAdder();
        rows.forEach(sum::add);
        LOG.log(Level.DEBUG, "sum {0}", sum);
    }
}

// java -jar benchmarks.jar run producer-never-closes --idiom channel
