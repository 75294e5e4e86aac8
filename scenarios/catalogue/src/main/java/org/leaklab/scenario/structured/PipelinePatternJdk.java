package org.leaklab.scenario.structured;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A pipeline of three stages (generate, square, filter) with a bounded queue between any two. Its consumer leaves after
 * the first result.
 *
 * <p>Behind the last number each stage puts {@link #END}, the poison pill, by which the next one knows that nothing
 * more comes. The pill tells the stages behind it, never those before it. When the consumer has left, the queue of
 * results fills up. The filter waits in {@code put}, takes no more squares, and so the square stage and then the
 * generator wait in {@code put} too. Only these threads know the queues. The three stay with their queues, and with the
 * input that is left. The way to tell the stages before one's own is an interrupt.
 */
@Leak(
        id = "pipeline",
        idiom = Idiom.JDK,
        family = Family.STRUCTURED,
        stuck = 3,
        at = "ArrayBlockingQueue.put",
        cause = "the consumer leaves after the first result, and a poison pill tells only the stages behind it",
        cure = "let the consumer call shutdownNow() in a finally when it leaves")
public final class PipelinePatternJdk implements Scenario {

    private static final int LAST = 1_000;
    private static final int END = -1;

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        ExecutorService stages = stages(threads);
        BlockingQueue<Integer> results = start(stages);
        results.take();
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        ExecutorService stages = stages(threads);
        BlockingQueue<Integer> results = start(stages);
        try {
            results.take();
        } finally {
            stages.shutdownNow();
        }
    }

    private static ExecutorService stages(Threads threads) {
        return Executors.newThreadPerTaskExecutor(threads.launcher().factory("stage"));
    }

    private static BlockingQueue<Integer> start(ExecutorService stages) {
        BlockingQueue<Integer> numbers = new ArrayBlockingQueue<>(1);
        BlockingQueue<Integer> squares = new ArrayBlockingQueue<>(1);
        BlockingQueue<Integer> results = new ArrayBlockingQueue<>(1);
        stages.execute(untilInterrupted(() -> generate(numbers)));
        stages.execute(untilInterrupted(() -> square(numbers, squares)));
        stages.execute(untilInterrupted(() -> filter(squares, results)));
        return results;
    }

    private interface Stage {
        void run() throws InterruptedException;
    }

    private static Runnable untilInterrupted(Stage stage) {
        return () -> {
            try {
                stage.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the consumer has left
            }
        };
    }

    private static void generate(BlockingQueue<Integer> numbers) throws InterruptedException {
        for (int n = 1; n <= LAST; n++) {
            numbers.put(n);
        }
        numbers.put(END);
    }

    private static void square(BlockingQueue<Integer> numbers, BlockingQueue<Integer> squares)
            throws InterruptedException {
        for (int n = numbers.take(); n != END; n = numbers.take()) {
            squares.put(n * n);
        }
        squares.put(END);
    }

    private static void filter(BlockingQueue<Integer> squares, BlockingQueue<Integer> results)
            throws InterruptedException {
        for (int n = squares.take(); n != END; n = squares.take()) {
            if (n % 2 == 0) {
                results.put(n);
            }
        }
        results.put(END);
    }
}

// java -jar benchmarks.jar run pipeline --idiom jdk
