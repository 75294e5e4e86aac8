package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.CERTAIN;
import static org.leaklab.heapdump.suite.Label.HEALTHY;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Futures that hang on futures: the earlier one leads to the later one, and not the other way round. */
final class FutureShapes {

    private FutureShapes() {}

    @Shape
    static void heldByItsSource(Stage stage) {
        CompletableFuture<Integer> source = new CompletableFuture<>();
        Stage.keep(source);
        CompletableFuture<Integer> last = source.thenApply(i -> i + 1).thenCompose(CompletableFuture::completedFuture);
        stage.start(HEALTHY, last::join);
    }

    @Shape
    static void dependentIsHeld(Stage stage) {
        CompletableFuture<Integer> source = new CompletableFuture<>();
        Stage.keep(source.thenApply(i -> i + 1));
        stage.start(CERTAIN, source::join);
    }

    @Shape
    static void chainOfNobody(Stage stage) {
        CompletableFuture<Integer> last = new CompletableFuture<Integer>().thenApply(i -> i + 1);
        stage.start(CERTAIN, last::get);
    }

    @Shape
    static void anyOfOneAlive(Stage stage) {
        CompletableFuture<Integer> alive = new CompletableFuture<>();
        Stage.keep(alive);
        CompletableFuture<Object> any = CompletableFuture.anyOf(new CompletableFuture<>(), alive);
        stage.start(HEALTHY, any::join);
    }

    @Shape
    static void anyOfNobody(Stage stage) {
        CompletableFuture<Object> any = CompletableFuture.anyOf(new CompletableFuture<>(), new CompletableFuture<>());
        stage.start(CERTAIN, any::join);
    }

    /** A timer of the JDK will complete it. */
    @Shape
    static void orTimeout(Stage stage) {
        CompletableFuture<Integer> late = new CompletableFuture<Integer>().orTimeout(1, TimeUnit.HOURS);
        stage.start(HEALTHY, late::join);
    }

    @Shape
    static void completeOnTimeout(Stage stage) {
        CompletableFuture<Integer> late = new CompletableFuture<Integer>().completeOnTimeout(1, 1, TimeUnit.HOURS);
        stage.start(HEALTHY, () -> late.get());
    }

    @Shape
    static void delayedExecutor(Stage stage) {
        CompletableFuture<Integer> late =
                CompletableFuture.supplyAsync(() -> 1, CompletableFuture.delayedExecutor(1, TimeUnit.HOURS));
        stage.start(HEALTHY, late::join);
    }
}
