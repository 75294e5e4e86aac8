package org.leaklab.scenario.cancellation;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A task that its caller no longer waits for, and that still holds the permit which the next request needs.
 *
 * <p>The report takes the only connection and waits for the reply of the database, which is lost. The first request
 * waits for the report with a limit, gets a {@code TimeoutException}, and goes on without it. The report never comes to
 * its {@code finally}, so it keeps the permit. The next request waits for that permit, and all later ones wait behind
 * it: one leaked thread has become the outage of a pool.
 *
 * <p>In a thread dump most threads wait in {@code Semaphore.acquire}. A semaphore has no owner, so the dump does not
 * say that the thread in {@code CompletableFuture.get} has the permit.
 */
@Leak(
        id = "timeout-holds-resource",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 2,
        at = {"CompletableFuture.get", "Semaphore.acquire"},
        cause = "the task that timed out goes on waiting with its permit, and the next one waits for that permit",
        cure = "cancel in a finally what you stop waiting for, so that its own finally gives back what it holds")
public final class TimeoutHoldsResourceJdk implements Scenario {

    private static final Logger LOG = System.getLogger(TimeoutHoldsResourceJdk.class.getName());
    private static final long LIMIT_MILLIS = 20;

    @Override
    public void leaky(Threads threads) {
        ExecutorService tasks =
                Executors.newThreadPerTaskExecutor(threads.launcher().factory("report"));
        Semaphore connections = new Semaphore(1);
        CountDownLatch taken = new CountDownLatch(1);
        threads.start("first request", () -> {
            CompletableFuture<String> lost = new CompletableFuture<>();
            Future<String> report = tasks.submit(() -> query(connections, taken, lost));
            try {
                taken.await();
                show(report.get(LIMIT_MILLIS, MILLISECONDS));
            } catch (TimeoutException e) {
                show("no answer yet");
            }
            threads.start("next request", () -> show(query(connections, taken, promptly("42"))));
        });
    }

    @Override
    public void fixed(Threads threads) {
        ExecutorService tasks =
                Executors.newThreadPerTaskExecutor(threads.launcher().factory("report"));
        Semaphore connections = new Semaphore(1);
        CountDownLatch taken = new CountDownLatch(1);
        threads.start("first request", () -> {
            CompletableFuture<String> lost = new CompletableFuture<>();
            Future<String> report = tasks.submit(() -> query(connections, taken, lost));
            try {
                taken.await();
                show(report.get(LIMIT_MILLIS, MILLISECONDS));
            } catch (TimeoutException e) {
                show("no answer yet");
            } finally {
                report.cancel(true);
            }
            threads.start("next request", () -> show(query(connections, taken, promptly("42"))));
        });
    }

    /** Takes a connection, waits for the reply, and gives the connection back. */
    private static String query(Semaphore connections, CountDownLatch taken, CompletableFuture<String> reply)
            throws Exception {
        connections.acquire();
        try {
            taken.countDown();
            return reply.get();
        } finally {
            connections.release();
        }
    }

    private static CompletableFuture<String> promptly(String answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static void show(String text) {
        LOG.log(Level.DEBUG, text);
    }
}

// java -jar benchmarks.jar run timeout-holds-resource --idiom jdk
