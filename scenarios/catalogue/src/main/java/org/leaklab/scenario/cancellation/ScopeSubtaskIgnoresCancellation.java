package org.leaklab.scenario.cancellation;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A bill of three subtasks in a {@code StructuredTaskScope}. One fails, and the other two wait for its value with
 * {@code CompletableFuture.join}.
 *
 * <p>At the first failure the scope interrupts the other subtasks. Then {@code close} waits until all have ended: a
 * scope leaves no thread behind. But {@code join} of a future remembers an interrupt for later and goes on waiting. So
 * the two wait for a value that no thread is left to bring, and the thread of the bill waits for the two, in
 * {@code close}, which no interrupt ends either. Nobody gets the exception. With {@code get} the interrupt ends both
 * waits. {@code close} returns, and the bill gets the exception. Here the rate server fails when both wait.
 *
 * <p>The scope is a preview in the JDK, in another shape on 21, 25 and 27. {@code TaskScope}, in a file beside this
 * one, hands each call to the JDK's own.
 *
 * <p>In a thread dump the bill is WAITING in {@code ThreadFlock.close}, which the scope calls, and the two others in
 * {@code CompletableFuture.join}. No line says that they have been interrupted.
 */
@Leak(
        id = "scope-subtask-ignores-cancellation",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 3,
        at = {"ThreadFlock.close", "CompletableFuture.join"},
        endedBy = EndedBy.JVM,
        cause = "a scope cancels by interrupt and waits for the end of its subtasks, and join() ignores the interrupt",
        cure = "wait in a subtask only in methods that an interrupt ends, as get() is, and let its exception through",
        seenIn = "softwaremill/ox#479",
        unlike = "ignores-cancellation: there the task computes and never looks, here it waits and nobody can tell it",
        ownJvm = "--enable-preview")
public final class ScopeSubtaskIgnoresCancellation implements Scenario {

    private static final Logger LOG = System.getLogger(ScopeSubtaskIgnoresCancellation.class.getName());

    @Override
    public void leaky(Threads threads) {
        CompletableFuture<Integer> rate = new CompletableFuture<>();
        CountDownLatch waiting = new CountDownLatch(2);
        threads.start("bill", () -> {
            try (TaskScope scope = TaskScope.open(threads.launcher().factory("item"))) {
                var ignored = scope.fork(() -> fetch(rate, waiting));
                Supplier<Integer> price = scope.fork(() -> 100 * join(rate, waiting));
                Supplier<Integer> tax = scope.fork(() -> 19 * join(rate, waiting));
                scope.join();
                show("to pay: " + (price.get() + tax.get()));
            } catch (ExecutionException e) {
                show("no bill now: " + e.getMessage());
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        CompletableFuture<Integer> rate = new CompletableFuture<>();
        CountDownLatch waiting = new CountDownLatch(2);
        threads.start("bill", () -> {
            try (TaskScope scope = TaskScope.open(threads.launcher().factory("item"))) {
                var ignored = scope.fork(() -> fetch(rate, waiting));
                Supplier<Integer> price = scope.fork(() -> 100 * get(rate, waiting));
                Supplier<Integer> tax = scope.fork(() -> 19 * get(rate, waiting));
                scope.join();
                show("to pay: " + (price.get() + tax.get()));
            } catch (ExecutionException e) {
                show("no bill now: " + e.getMessage());
            }
        });
    }

    private static int join(CompletableFuture<Integer> rate, CountDownLatch waiting) {
        waiting.countDown();
        return rate.join();
    }

    private static int get(CompletableFuture<Integer> rate, CountDownLatch waiting)
            throws InterruptedException, ExecutionException {
        waiting.countDown();
        return rate.get();
    }

    private static boolean fetch(CompletableFuture<Integer> rate, CountDownLatch waiting)
            throws InterruptedException, IOException {
        waiting.await();
        return rate.complete(askRateServer());
    }

    private static int askRateServer() throws IOException {
        throw new IOException("the rate server is down");
    }

    private static void show(String bill) {
        LOG.log(Level.DEBUG, bill);
    }
}

// java -jar benchmarks.jar run scope-subtask-ignores-cancellation --idiom jdk
