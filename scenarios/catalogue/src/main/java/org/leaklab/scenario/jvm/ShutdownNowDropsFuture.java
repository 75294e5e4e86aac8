package org.leaklab.scenario.jvm;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A customer who waits for a task that was still in the queue when its executor was stopped with {@code shutdownNow}.
 *
 * <p>{@code shutdownNow} interrupts the task that runs. It takes the tasks in the queue out, returns them, and does
 * nothing else with them: it neither runs nor cancels them. Whoever drops that list drops their futures. The customer
 * waits in {@code get} for an executor whose threads have all ended.
 *
 * <p>{@code close} loses nothing: it waits for the tasks in the queue. Only if it is interrupted meanwhile, it calls
 * {@code shutdownNow} as well, and drops the list.
 */
@Leak(
        id = "shutdown-now-drops-future",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 1,
        at = "FutureTask.get",
        cause = "nobody cancels the futures of the tasks that shutdownNow returns",
        cure = "cancel what shutdownNow returns",
        seenIn = {"Backblaze/b2-sdk-java#16", "apache/geode#3821"})
public final class ShutdownNowDropsFuture implements Scenario {

    @Override
    public void leaky(Threads threads) {
        ExecutorService orders = orders(threads);
        Future<String> second = takeTwo(orders);
        threads.start("customer", () -> tell(second));
        orders.shutdownNow();
    }

    @Override
    public void fixed(Threads threads) {
        ExecutorService orders = orders(threads);
        Future<String> second = takeTwo(orders);
        threads.start("customer", () -> tell(second));
        for (Runnable waiting : orders.shutdownNow()) {
            cancel(waiting);
        }
    }

    private static ExecutorService orders(Threads threads) {
        return Executors.newSingleThreadExecutor(threads.launcher().factory("orders"));
    }

    /** The first order waits for its payment and keeps the only thread. The second one waits in the queue. */
    private static Future<String> takeTwo(ExecutorService orders) {
        CountDownLatch payment = new CountDownLatch(1);
        var ignored = orders.submit(() -> {
            payment.await();
            return "first order sent";
        });
        return orders.submit(() -> "second order sent");
    }

    private static void cancel(Runnable task) {
        if (task instanceof Future<?> future) { // so is all that came by submit
            future.cancel(false);
        }
    }

    private static String tell(Future<String> order) throws InterruptedException {
        try {
            return order.get();
        } catch (ExecutionException | CancellationException e) {
            return "not sent, please order again";
        }
    }
}

// java -jar benchmarks.jar run shutdown-now-drops-future --idiom jdk
