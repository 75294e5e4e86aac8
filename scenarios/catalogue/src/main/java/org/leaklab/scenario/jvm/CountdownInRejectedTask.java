package org.leaklab.scenario.jvm;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * An upload that counts its parts with a {@link CountDownLatch}. Each task counts down at its end, and one task was
 * rejected.
 *
 * <p>The pool is full, so {@code execute} throws a {@link RejectedExecutionException}. The upload notes the part, to
 * send it again later, and goes on. But the {@code countDown} of that part is in the task, which never runs. The latch
 * stays at one. A {@code finally} in the task does not help: the task has to begin first.
 */
@Leak(
        id = "countdown-in-rejected-task",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 1,
        at = "CountDownLatch.await",
        cause = "the task that should count down was rejected and never runs",
        cure = "count down for a task that is rejected where the exception is caught",
        seenIn = "scalaz/scalaz#1133",
        unlike = "future-dropped-by-discard-policy: there nobody is told of the rejection, here it is caught")
public final class CountdownInRejectedTask implements Scenario {

    private static final List<String> PARTS = List.of("head", "body", "tail");

    @Override
    public void leaky(Threads threads) {
        threads.start("upload", () -> {
            CountDownLatch left = new CountDownLatch(PARTS.size());
            CountDownLatch allOffered = new CountDownLatch(1);
            Queue<String> sent = new ConcurrentLinkedQueue<>();
            Queue<String> again = new ConcurrentLinkedQueue<>();
            ExecutorService senders = senders(threads);
            try {
                for (String part : PARTS) {
                    try {
                        senders.execute(() -> send(part, allOffered, sent, left));
                    } catch (RejectedExecutionException e) {
                        again.add(part);
                    }
                }
                allOffered.countDown();
            } finally {
                senders.shutdown(); // does not wait
            }
            left.await();
            report(sent, again);
        });
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("upload", () -> {
            CountDownLatch left = new CountDownLatch(PARTS.size());
            CountDownLatch allOffered = new CountDownLatch(1);
            Queue<String> sent = new ConcurrentLinkedQueue<>();
            Queue<String> again = new ConcurrentLinkedQueue<>();
            ExecutorService senders = senders(threads);
            try {
                for (String part : PARTS) {
                    try {
                        senders.execute(() -> send(part, allOffered, sent, left));
                    } catch (RejectedExecutionException e) {
                        again.add(part);
                        left.countDown();
                    }
                }
                allOffered.countDown();
            } finally {
                senders.shutdown(); // does not wait
            }
            left.await();
            report(sent, again);
        });
    }

    /** One thread, and room for one task that waits. */
    private static ExecutorService senders(Threads threads) {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1),
                threads.launcher().factory("sender"));
    }

    /** Is slow: here it takes until all parts have been offered. */
    private static void send(String part, CountDownLatch allOffered, Queue<String> sent, CountDownLatch left) {
        try {
            allOffered.await();
            sent.add(part);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            left.countDown();
        }
    }

    private static String report(Queue<String> sent, Queue<String> again) {
        return "sent: " + sent + ", to be sent again: " + again;
    }
}

// java -jar benchmarks.jar run countdown-in-rejected-task --idiom jdk
