package org.leaklab.scenario.structured;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * An import that parses five lines on five threads and waits for all of them with {@code CompletableFuture.allOf}. One
 * line is no number.
 *
 * <p>Each parser completes a future by hand. The one that fails notes its line as bad, and leaves its future as it is.
 * {@code allOf} completes when every future has completed, with a value or with an exception, so it never completes.
 * The parser thread has ended: no thread is left that could complete the last future. The import waits in {@code get}
 * with the four results that it has. {@code CompletableFuture.supplyAsync} completes its future in both cases; who
 * completes one by hand must think of it.
 */
@Leak(
        id = "fan-out-fan-in",
        idiom = Idiom.JDK,
        family = Family.STRUCTURED,
        stuck = 1,
        at = "CompletableFuture.get",
        cause = "a worker fails and does not complete its future, so allOf never completes",
        cure = "complete every future in every case, with the exception if there is no value",
        seenIn = {"palantir/conjure-java-runtime#504", "streamnative/pulsar#1229"})
public final class FanOutFanInPatternJdk implements Scenario {

    private static final List<String> LINES = List.of("1", "2", "three", "4", "5");

    @Override
    public void leaky(Threads threads) {
        Executor parsers = parsers(threads);
        Queue<String> bad = new ConcurrentLinkedQueue<>();
        threads.start("import", () -> {
            List<CompletableFuture<Integer>> numbers = LINES.stream()
                    .map(line -> {
                        CompletableFuture<Integer> number = new CompletableFuture<>();
                        parsers.execute(() -> {
                            try {
                                number.complete(Integer.parseInt(line));
                            } catch (NumberFormatException e) {
                                bad.add(line);
                            }
                        });
                        return number;
                    })
                    .toList();
            sum(numbers, bad);
        });
    }

    @Override
    public void fixed(Threads threads) {
        Executor parsers = parsers(threads);
        Queue<String> bad = new ConcurrentLinkedQueue<>();
        threads.start("import", () -> {
            List<CompletableFuture<Integer>> numbers = LINES.stream()
                    .map(line -> {
                        CompletableFuture<Integer> number = new CompletableFuture<>();
                        parsers.execute(() -> {
                            try {
                                number.complete(Integer.parseInt(line));
                            } catch (NumberFormatException e) {
                                bad.add(line);
                                number.completeExceptionally(e);
                            }
                        });
                        return number;
                    })
                    .toList();
            sum(numbers, bad);
        });
    }

    private static Executor parsers(Threads threads) {
        return Executors.newThreadPerTaskExecutor(threads.launcher().factory("parser"));
    }

    private static String sum(List<CompletableFuture<Integer>> numbers, Queue<String> bad) throws InterruptedException {
        try {
            CompletableFuture.allOf(numbers.toArray(CompletableFuture<?>[]::new))
                    .get();
            return "sum: "
                    + numbers.stream().mapToInt(CompletableFuture::resultNow).sum();
        } catch (ExecutionException e) {
            return "no sum, bad lines: " + bad;
        }
    }
}

// java -jar benchmarks.jar run fan-out-fan-in --idiom jdk
