package org.leaklab.scenario.cancellation;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A {@code ScheduledExecutorService} of an upload that nobody shuts down.
 *
 * <p>Each upload makes a scheduler for its heartbeat and schedules a periodic task. When the upload is over, its
 * variables are gone and the scheduler is not. The worker thread runs the task for ever: it wakes, sends a heartbeat of
 * an upload that has ended, and waits again. The thread reaches the scheduler, so the collector takes neither.
 *
 * <p>In a thread dump the worker is TIMED_WAITING in {@code ScheduledThreadPoolExecutor$DelayedWorkQueue.take}. The
 * frames do not name the task: of the program there is not one.
 */
@Leak(
        id = "ticker-never-stopped",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 1,
        waits = Waits.SLEEPING,
        at = "ThreadPoolExecutor.runWorker",
        endedBy = EndedBy.CLOSE,
        cause = "a periodic task runs until it is cancelled or its scheduler is shut down, and its owner has returned",
        cure = "make a scheduler in try-with-resources, or share one and cancel the ScheduledFuture",
        seenIn = {"palantir/dialogue#299", "LabyStudio/java-spotify-api#15", "graphql-java/java-dataloader#137"})
public final class TickerNeverStoppedJdk implements Scenario {

    private static final long PERIOD_MILLIS = 50;

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        ScheduledExecutorService scheduler = threads.closingWithoutHolding(
                Executors.newScheduledThreadPool(1, threads.launcher().factory("heartbeat")));
        upload(scheduler);
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        try (ScheduledExecutorService scheduler =
                Executors.newScheduledThreadPool(1, threads.launcher().factory("heartbeat"))) {
            upload(scheduler);
        }
    }

    /** An upload that is over as soon as its first heartbeat is sent. */
    private static void upload(ScheduledExecutorService scheduler) throws InterruptedException {
        CountDownLatch sent = new CountDownLatch(1);
        ScheduledFuture<?> ignored = scheduler.scheduleAtFixedRate(sent::countDown, 0, PERIOD_MILLIS, MILLISECONDS);
        sent.await();
    }
}

// java -jar benchmarks.jar run ticker-never-stopped --idiom jdk
