package org.leaklab.scenario.pitfall;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A producer that puts an end mark after its last row, and does not get there when it fails.
 *
 * <p>The consumer takes rows until the end mark. It takes the last row before the bad line, and then waits for the next
 * row or the mark. The only thread that could put one has ended. Nothing can ever wake the consumer, and it keeps its
 * unfinished sum. While all input is good the program works; the first bad line makes the leak.
 */
@Leak(
        id = "producer-never-closes",
        idiom = Idiom.JDK,
        family = Family.PITFALL,
        stuck = 1,
        at = "ArrayBlockingQueue.take",
        cause = "the producer fails before the line that puts the end mark, and the consumer waits for the mark",
        cure =
                "put the end mark in a finally, so that it comes on every path, and tell the consumer whether all rows came",
        unlike = "range-over-unclosed-channel: there the producer puts no end mark even if all goes well")
public final class ProducerNeverClosesJdk implements Scenario {

    private static final System.Logger LOG = System.getLogger(ProducerNeverClosesJdk.class.getName());
    private static final List<String> LINES = List.of("17", "25", "n/a", "4");
    private static final OptionalInt END = OptionalInt.empty();

    @Override
    public void leaky(Threads threads) {
        BlockingQueue<OptionalInt> rows = new ArrayBlockingQueue<>(2);
        AtomicReference<String> failure = new AtomicReference<>("");
        threads.start("producer", () -> {
            try {
                parse(LINES, rows);
                rows.put(END);
            } catch (NumberFormatException e) {
                failure.set("the rest is not read: " + e.getMessage());
            }
        });
        threads.start("consumer", () -> sum(rows, failure));
    }

    @Override
    public void fixed(Threads threads) {
        BlockingQueue<OptionalInt> rows = new ArrayBlockingQueue<>(2);
        AtomicReference<String> failure = new AtomicReference<>("");
        threads.start("producer", () -> {
            try {
                parse(LINES, rows);
            } catch (NumberFormatException e) {
                failure.set("the rest is not read: " + e.getMessage());
            } finally {
                rows.put(END);
            }
        });
        threads.start("consumer", () -> sum(rows, failure));
    }

    private static void parse(List<String> lines, BlockingQueue<OptionalInt> rows) throws InterruptedException {
        for (String line : lines) {
            rows.put(OptionalInt.of(Integer.parseInt(line)));
        }
    }

    private static void sum(BlockingQueue<OptionalInt> rows, AtomicReference<String> failure)
            throws InterruptedException {
        int sum = 0;
        for (OptionalInt row = rows.take(); row.isPresent(); row = rows.take()) {
            sum += row.getAsInt();
        }
        LOG.log(Level.DEBUG, failure.get().isEmpty() ? "sum " + sum : "no sum, " + failure);
    }
}

// java -jar benchmarks.jar run producer-never-closes --idiom jdk
