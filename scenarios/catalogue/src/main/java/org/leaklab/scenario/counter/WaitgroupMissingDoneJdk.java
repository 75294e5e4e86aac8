package org.leaklab.scenario.counter;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * A worker leaves by an exception without counting down the {@link CountDownLatch} that a collector waits for.
 *
 * <p>Every worker has ended, and the line that could not be read is noted as rejected. But the latch is still at one,
 * and no thread is left that could count it down. The collector keeps its stack and the total that it should print.
 *
 * <p>In {@code jstack}, which lists platform threads only, the collector is {@code WAITING (parking)} for a
 * {@code CountDownLatch$Sync}. A dump shows neither the count nor who should have counted: the worker is no longer
 * there.
 */
@Leak(
        id = "waitgroup-missing-done",
        idiom = Idiom.JDK,
        family = Family.COUNTER,
        stuck = 1,
        at = "CountDownLatch.await",
        cause = "an exception skips the countDown() of a worker, so the latch never comes to zero",
        cure = "call countDown() in a finally block around all that the worker does",
        seenIn = "wildfly/wildfly#4102")
public final class WaitgroupMissingDoneJdk implements Scenario {

    private static final List<String> LINES = List.of("12", "twelve", "30");

    @Override
    public void leaky(Threads threads) {
        var workers = new CountDownLatch(LINES.size());
        var total = new AtomicInteger();
        Queue<String> rejected = new ConcurrentLinkedQueue<>();
        for (String line : LINES) {
            threads.start("worker", () -> {
                try {
                    total.addAndGet(Integer.parseInt(line));
                    workers.countDown();
                } catch (NumberFormatException e) {
                    rejected.add(line);
                }
            });
        }
        threads.start("collector", () -> report(workers, total, rejected));
    }

    @Override
    public void fixed(Threads threads) {
        var workers = new CountDownLatch(LINES.size());
        var total = new AtomicInteger();
        Queue<String> rejected = new ConcurrentLinkedQueue<>();
        for (String line : LINES) {
            threads.start("worker", () -> {
                try {
                    total.addAndGet(Integer.parseInt(line));
                } catch (NumberFormatException e) {
                    rejected.add(line);
                } finally {
                    workers.countDown();
                }
            });
        }
        threads.start("collector", () -> report(workers, total, rejected));
    }

    private static void report(CountDownLatch workers, AtomicInteger total, Queue<String> rejected)
            throws InterruptedException {
        workers.await();
        WrongAnswer.unless("42, without [twelve]", total + ", without " + rejected);
    }
}

// java -jar benchmarks.jar run waitgroup-missing-done --idiom jdk
