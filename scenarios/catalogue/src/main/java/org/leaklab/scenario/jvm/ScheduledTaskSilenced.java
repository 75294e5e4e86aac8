package org.leaklab.scenario.jvm;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A shop that waits for the next exchange rate. The task that fetches it every few milliseconds has thrown an exception
 * once.
 *
 * <p>{@code scheduleAtFixedRate} ends a task that throws: it does not run again. Nothing is printed. The exception is
 * in the {@code ScheduledFuture}, which nobody asks. The feed works again a moment later, but nobody fetches from it.
 * The shop waits in {@code take}, and the worker of the scheduler waits for a task. In a thread dump that worker looks
 * like one that is idle until the next round; what shows the difference is its state: {@code WAITING}, not
 * {@code TIMED_WAITING}.
 */
@Leak(
        id = "scheduled-task-silenced",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 2,
        at = {"LinkedBlockingQueue.take", "ThreadPoolExecutor.getTask"},
        cause = "an exception ends a repeated task for good, and nobody hears of it",
        cure = "catch and report every exception inside a repeated task",
        seenIn = {"hello/suripu#1267", "groupon/monsoon#89", "nats-io/nats.java#1597"})
public final class ScheduledTaskSilenced implements Scenario {

    @Override
    public void leaky(Threads threads) {
        threads.start("shop", () -> {
            Feed feed = new Feed();
            BlockingQueue<Integer> rates = new LinkedBlockingQueue<>();
            Queue<String> log = new ConcurrentLinkedQueue<>();
            try (ScheduledExecutorService scheduler = scheduler(threads)) {
                Future<?> fetching = scheduler.scheduleAtFixedRate(
                        () -> {
                            rates.add(feed.fetch());
                        },
                        0,
                        5,
                        MILLISECONDS);
                price(rates.take(), log);
                fetching.cancel(false);
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("shop", () -> {
            Feed feed = new Feed();
            BlockingQueue<Integer> rates = new LinkedBlockingQueue<>();
            Queue<String> log = new ConcurrentLinkedQueue<>();
            try (ScheduledExecutorService scheduler = scheduler(threads)) {
                Future<?> fetching = scheduler.scheduleAtFixedRate(
                        () -> {
                            try {
                                rates.add(feed.fetch());
                            } catch (RuntimeException e) {
                                log.add("no rate this time: " + e.getMessage());
                            }
                        },
                        0,
                        5,
                        MILLISECONDS);
                price(rates.take(), log);
                fetching.cancel(false);
            }
        });
    }

    private static ScheduledExecutorService scheduler(Threads threads) {
        return Executors.newSingleThreadScheduledExecutor(threads.launcher().factory("scheduler"));
    }

    private static String price(int rate, Queue<String> log) {
        return "price: " + 100 * rate + " " + log;
    }

    /** Fails once, and then works. */
    private static final class Feed {
        private final AtomicBoolean failed = new AtomicBoolean();

        int fetch() {
            if (failed.compareAndSet(false, true)) {
                throw new IllegalStateException("the feed is down");
            }
            return 42;
        }
    }
}

// java -jar benchmarks.jar run scheduled-task-silenced --idiom jdk
