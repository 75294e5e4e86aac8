package org.leaklab.scenario.cancellation;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * Ten requests with a timeout of half an hour each, where every timeout is a thread that sleeps.
 *
 * <p>All ten requests are answered at once. Their timers do not know that: each looks at the clock only, and ends when
 * its half hour is over. A server with a hundred requests a second then has 180,000 such threads, each with its stack
 * and with the request that it would end. A timer of the JDK is one thread for all timeouts, and it drops a timeout
 * when the future completes.
 *
 * <p>In a thread dump they are TIMED_WAITING in {@code Thread.sleep}. Each of them looks harmless; their number does
 * not.
 */
@Leak(
        id = "timeouts-as-sleeping-threads",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 10,
        waits = Waits.SLEEPING,
        at = "Thread.sleep",
        cause = "each timeout is a thread, and nobody tells it that the request has been answered",
        cure = "use a timer that is shared and drops what is done: orTimeout, or schedule and then cancel",
        notReported = "Each thread wakes by itself when its limit is over, so none is stuck for ever. "
                + "What piles up is shown by count, profile and verify.",
        seenIn = {"helidon-io/helidon#10833", "iopipe/iopipe-java#82"})
public final class TimeoutsAsSleepingThreads implements Scenario {

    private static final int REQUESTS = 10;
    private static final long LIMIT_MINUTES = 30;
    private static final long LOOK_MILLIS = 100;

    @Override
    public void leaky(Threads threads) {
        for (int i = 0; i < REQUESTS; i++) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            startTimer(threads, () -> answer.completeExceptionally(new TimeoutException()));
            answer.complete("200 OK");
        }
    }

    @Override
    public void fixed(Threads threads) {
        for (int i = 0; i < REQUESTS; i++) {
            CompletableFuture<String> answer = new CompletableFuture<String>().orTimeout(LIMIT_MINUTES, MINUTES);
            answer.complete("200 OK");
        }
    }

    /** A thread that runs the action when the time is over. */
    private static void startTimer(Threads threads, Runnable action) {
        long deadline = System.nanoTime() + MINUTES.toNanos(LIMIT_MINUTES);
        threads.start("timer", () -> {
            while (System.nanoTime() - deadline < 0) {
                Thread.sleep(LOOK_MILLIS); // in small steps, so that the lab sees it wake
            }
            action.run();
        });
    }
}

// java -jar benchmarks.jar run timeouts-as-sleeping-threads --idiom jdk
