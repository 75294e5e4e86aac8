package org.leaklab.scenario.pitfall;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A request starts an audit on another thread, waits for it, is cancelled, and does not cancel the audit.
 *
 * <p>{@code cancel(true)} interrupts the one thread that runs the task. The JDK does not know which other tasks that
 * thread has started: between two threads nothing is handed on by itself, neither a cancellation nor a deadline. The
 * request's {@code get} throws {@link InterruptedException}, and the request ends. The audit waits for the next order
 * of a request that is over. No other thread has its queue, so it keeps its stack.
 *
 * <p>{@code jstack} shows the audit in {@code LinkedBlockingQueue.take}. The request, whose mistake it was, has ended
 * and is not in the dump.
 */
@Leak(
        id = "context-not-propagated",
        idiom = Idiom.JDK,
        family = Family.PITFALL,
        stuck = 1,
        at = "LinkedBlockingQueue.take",
        cause = "the cancelled task ends, and does not hand the cancellation on to the task that it has started",
        cure = "cancel in a finally what a task has started, or start it in a scope that does so")
public final class ContextNotPropagatedJdk implements Scenario {

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        BlockingQueue<String> orders = new LinkedBlockingQueue<>();
        FutureTask<Void> request = new FutureTask<>(() -> {
            FutureTask<Void> audit = audit(orders);
            threads.start("audit", audit::run);
            orders.put("order 1");
            return audit.get();
        });
        threads.start("request", request::run);
        threads.awaitOthers();
        request.cancel(true);
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        BlockingQueue<String> orders = new LinkedBlockingQueue<>();
        FutureTask<Void> request = new FutureTask<>(() -> {
            FutureTask<Void> audit = audit(orders);
            threads.start("audit", audit::run);
            try {
                orders.put("order 1");
                return audit.get();
            } finally {
                audit.cancel(true);
            }
        });
        threads.start("request", request::run);
        threads.awaitOthers();
        request.cancel(true);
    }

    /** Books every order, until it is cancelled. */
    private static FutureTask<Void> audit(BlockingQueue<String> orders) {
        StringBuilder book = new StringBuilder();
        return new FutureTask<>(() -> {
            while (true) {
                book.append(orders.take());
            }
        });
    }
}

// java -jar benchmarks.jar run context-not-propagated --idiom jdk
