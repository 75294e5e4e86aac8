package org.leaklab.scenario.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * An importer that ends at the first bad row, and a reader that goes on to put rows into their bounded queue.
 *
 * <p>The importer catches the exception outside of its loop. So the bad row ends the loop, and the importer's thread
 * with it. A queue does not know who takes from it, so the reader notices nothing. It puts rows until the queue is
 * full, and then waits in {@code put} for room that nobody will make. It keeps its stack, the open file, and all rows
 * that are in the queue. While the file is shorter than the queue, the program only loses rows.
 *
 * <p>{@code jstack} shows the reader in {@code ArrayBlockingQueue.put}, and nothing of the importer: a thread that has
 * ended is not in the dump. What is missing is the clue.
 */
@Leak(
        id = "consumer-died",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 1,
        at = "ArrayBlockingQueue.put",
        cause = "the only consumer has ended with an exception, and the producer waits for room in the full queue",
        seenIn = "apache/maven-indexer#314",
        cure = "catch what one element can throw inside of the loop, and keep what could not be processed",
        unlike = "producer-never-closes: there the producer fails, and the consumer waits")
public final class ConsumerDied implements Scenario {

    private static final List<String> ROWS = List.of("17", "n/a", "25", "4", "30", "end");

    @Override
    public void leaky(Threads threads) {
        BlockingQueue<String> rows = new ArrayBlockingQueue<>(2);
        threads.start("reader", () -> read(rows));
        threads.start("importer", () -> {
            List<String> rejected = new ArrayList<>();
            int sum = 0;
            String row = rows.take();
            try {
                while (!row.equals("end")) {
                    sum += Integer.parseInt(row);
                    row = rows.take();
                }
            } catch (NumberFormatException e) {
                rejected.add(row);
            }
            report(sum, rejected);
        });
    }

    @Override
    public void fixed(Threads threads) {
        BlockingQueue<String> rows = new ArrayBlockingQueue<>(2);
        threads.start("reader", () -> read(rows));
        threads.start("importer", () -> {
            List<String> rejected = new ArrayList<>();
            int sum = 0;
            String row = rows.take();
            while (!row.equals("end")) {
                try {
                    sum += Integer.parseInt(row);
                } catch (NumberFormatException e) {
                    rejected.add(row);
                }
                row = rows.take();
            }
            report(sum, rejected);
        });
    }

    private static void read(BlockingQueue<String> rows) throws InterruptedException {
        for (String row : ROWS) {
            rows.put(row);
        }
    }

    private static String report(int sum, List<String> rejected) {
        return "sum " + sum + ", rejected " + rejected;
    }
}

// java -jar benchmarks.jar run consumer-died --idiom jdk
