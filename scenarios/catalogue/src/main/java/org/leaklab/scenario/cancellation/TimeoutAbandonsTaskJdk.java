package org.leaklab.scenario.cancellation;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A caller whose {@code Future.get(limit)} times out, and that does not cancel the task.
 *
 * <p>The page waits for a price for a limited time, and is then shown without it. The {@code TimeoutException} ends the
 * page's wait and nothing else. The task still waits for the shop, which never answers. No thread wants the price any
 * more, and the task keeps its thread and its connection. {@code cancel(true)} interrupts it.
 *
 * <p>In a thread dump the page is gone. The task is in {@code LinkedBlockingQueue.take}, and {@code FutureTask.run}
 * below it says that a {@code Future} of it exists.
 */
@Leak(
        id = "timeout-abandons-task",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 1,
        at = "LinkedBlockingQueue.take",
        cause = "the timeout ends the wait for the task but not the task",
        cure = "cancel in a finally what you stop waiting for: future.cancel(true) does nothing if the task is done",
        seenIn = {"Hakky54/ayza#445", "Paradoxika/Skeptik#62"})
public final class TimeoutAbandonsTaskJdk implements Scenario {

    private static final Logger LOG = System.getLogger(TimeoutAbandonsTaskJdk.class.getName());
    private static final long LIMIT_MILLIS = 20;

    @Override
    public void leaky(Threads threads) {
        ExecutorService tasks =
                Executors.newThreadPerTaskExecutor(threads.launcher().factory("price"));
        BlockingQueue<String> shop = new LinkedBlockingQueue<>(); // never answers
        threads.start("page", () -> {
            Future<String> price = tasks.submit(shop::take);
            try {
                show("now for " + price.get(LIMIT_MILLIS, MILLISECONDS));
            } catch (TimeoutException e) {
                show("ask for the price");
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        ExecutorService tasks =
                Executors.newThreadPerTaskExecutor(threads.launcher().factory("price"));
        BlockingQueue<String> shop = new LinkedBlockingQueue<>(); // never answers
        threads.start("page", () -> {
            Future<String> price = tasks.submit(shop::take);
            try {
                show("now for " + price.get(LIMIT_MILLIS, MILLISECONDS));
            } catch (TimeoutException e) {
                show("ask for the price");
            } finally {
                price.cancel(true);
            }
        });
    }

    private static void show(String text) {
        LOG.log(Level.DEBUG, text);
    }
}

// java -jar benchmarks.jar run timeout-abandons-task --idiom jdk
