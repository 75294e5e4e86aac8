package org.leaklab.scenario.cancellation;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A poller that sleeps between its looks into the inbox, and does not notice that the client has hung up.
 *
 * <p>A hang-up counts a latch down. {@code Thread.sleep} ends early only for an interrupt, and nobody interrupts. After
 * the hang-up nothing more comes into the inbox, so the poller's condition never becomes true. It wakes, looks, and
 * sleeps again, for ever. A wait for the latch with a time limit pauses just as long, and ends at once when the client
 * hangs up.
 *
 * <p>In a thread dump it is TIMED_WAITING in {@code Thread.sleep}, as a thread that will soon go on.
 */
@Leak(
        id = "sleep-ignores-cancellation",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 1,
        waits = Waits.SLEEPING,
        at = "Thread.sleep",
        cause = "the sleep does not see the latch, and what is polled for never comes once the client has hung up",
        cure = "pause in a wait that the end also wakes, such as CountDownLatch.await(time, unit), or let the end"
                + " interrupt the thread",
        notReported = "It wakes by itself, again and again, and no detector can know that it never "
                + "stops. Count, profile and verify show that the thread is there.")
public final class SleepIgnoresCancellationJdk implements Scenario {

    private static final long PERIOD_MILLIS = 100;

    @Override
    public void leaky(Threads threads) {
        Queue<String> inbox = new ConcurrentLinkedQueue<>();
        CountDownLatch hungUp = new CountDownLatch(1);
        threads.start("poller", () -> {
            while (inbox.poll() == null) {
                Thread.sleep(PERIOD_MILLIS);
            }
        });
        hungUp.countDown();
    }

    @Override
    public void fixed(Threads threads) {
        Queue<String> inbox = new ConcurrentLinkedQueue<>();
        CountDownLatch hungUp = new CountDownLatch(1);
        threads.start("poller", () -> {
            while (inbox.poll() == null) {
                if (hungUp.await(PERIOD_MILLIS, MILLISECONDS)) {
                    inbox.poll(); // what came just before the hang-up
                    return;
                }
            }
        });
        hungUp.countDown();
    }
}

// java -jar benchmarks.jar run sleep-ignores-cancellation --idiom jdk
