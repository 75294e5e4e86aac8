package org.leaklab.scenario.callback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * A chain of stages with {@code thenApply} where {@code thenCompose} is meant, so that the last future is dropped.
 *
 * <p>Saving an order returns a future. {@code thenApply} takes that future for the result: the chain is done as soon as
 * the saving has begun. No stage waits for its end, and none gets its exception. The compiler has no objection, because
 * the next stage does not use the result. No thread gets stuck: the customer is told that the order is saved, and the
 * disk is full. Error Prone reports the line as {@code FutureReturnValueIgnored}. {@code thenCompose} is done when the
 * inner future is, with its result or its exception.
 */
@Leak(
        id = "dropped-completion-stage",
        idiom = Idiom.JDK,
        family = Family.CALLBACK,
        stuck = 0,
        wrongAnswer = true,
        cause = "thenApply makes a future of a future, and nobody waits for the inner one",
        cure = "use thenCompose where the next step returns a future itself",
        seenIn = {"hibernate/hibernate-reactive#2381", "apache/pulsar#14947"},
        unlike = "swallowed-error: there the task hides its exception, and here nobody asks for it")
public final class DroppedCompletionStage implements Scenario {

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // that is the mistake
    public void leaky(Threads threads) {
        Executor executor = threads.launcher().executor("shop");
        String answer = check("order 7", executor)
                .thenApply(order -> save(order, executor))
                .handle((saved, failure) -> failure == null ? "saved" : "try again")
                .join();
        WrongAnswer.unless("try again", answer);
    }

    @Override
    public void fixed(Threads threads) {
        Executor executor = threads.launcher().executor("shop");
        String answer = check("order 7", executor)
                .thenCompose(order -> save(order, executor))
                .handle((saved, failure) -> failure == null ? "saved" : "try again")
                .join();
        WrongAnswer.unless("try again", answer);
    }

    private static CompletableFuture<String> check(String order, Executor executor) {
        return CompletableFuture.supplyAsync(order::strip, executor);
    }

    private static CompletableFuture<Integer> save(String order, Executor executor) {
        return CompletableFuture.supplyAsync(() -> write(order), executor);
    }

    /** Returns how many characters it has written. */
    private static int write(String order) {
        if (order.startsWith("order")) {
            throw new UncheckedIOException(new IOException("no space left on device"));
        }
        return order.length();
    }
}

// java -jar benchmarks.jar run dropped-completion-stage --idiom jdk
