package org.leaklab.scenario.cancellation;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.ReceiveChannel;
import org.leaklab.core.Select;
import org.leaklab.core.Semaphore;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A task that its caller no longer waits for, and that still holds what the next request needs.
 *
 * <p>The request starts a report, which takes a connection and should give it back at its end. After a limited time the
 * request goes on without the report. The report waits for a reply that is lost, so it never comes to its
 * {@code finally}. It keeps the permit, and the next request waits for that permit. All later requests wait behind it:
 * one leaked thread has become the outage of a pool.
 *
 * <p>In Go: {@code go func() { conns <- token; defer func() { <-conns }(); r <- query() }(); select { case <-r: case
 * <-time.After(limit): }; conns <- token}.
 */
@Leak(
        id = "timeout-holds-resource",
        family = Family.CANCELLATION,
        stuck = 2,
        at = {"Channel.receive", "Semaphore.acquire"},
        cause = "the task that timed out goes on waiting with its permit, and the next one waits for that permit",
        cure = "cancel a task that times out, so that it gives back what it holds")
public final class TimeoutHoldsResource implements Scenario {

    private static final Duration LIMIT = Duration.ofMillis(20);

    @Override
    public void leaky(Threads threads) {
        Semaphore connections = new Semaphore(1);
        Channel<String> answers = Channel.buffered(2);
        CountDownLatch taken = new CountDownLatch(1);
        threads.start("first request", () -> {
            try (Context limited = Context.background().withTimeout(LIMIT)) {
                Channel<String> lost = Channel.unbuffered();
                threads.start("report", () -> answers.send(query(Context.background(), connections, taken, lost)));
                taken.await();
                show(limited, answers);
            }
            threads.start(
                    "next request",
                    () -> answers.send(query(Context.background(), connections, taken, promptly("42"))));
        });
    }

    @Override
    public void fixed(Threads threads) {
        Semaphore connections = new Semaphore(1);
        Channel<String> answers = Channel.buffered(2);
        CountDownLatch taken = new CountDownLatch(1);
        threads.start("first request", () -> {
            try (Context limited = Context.background().withTimeout(LIMIT)) {
                Channel<String> lost = Channel.unbuffered();
                threads.start("report", () -> answers.send(query(limited, connections, taken, lost)));
                taken.await();
                show(limited, answers);
            }
            threads.start(
                    "next request",
                    () -> answers.send(query(Context.background(), connections, taken, promptly("42"))));
        });
    }

    /** Takes a connection, waits for the reply, and gives the connection back. */
    private static String query(
            Context context, Semaphore connections, CountDownLatch taken, ReceiveChannel<String> reply)
            throws InterruptedException {
        connections.acquire();
        try {
            taken.countDown();
            return reply.receive(context);
        } finally {
            connections.release();
        }
    }

    private static ReceiveChannel<String> promptly(String answer) throws InterruptedException {
        Channel<String> reply = Channel.buffered(1);
        reply.send(answer);
        return reply;
    }

    /** Waits for an answer while the context lasts, and does without it otherwise. */
    private static String show(Context limited, ReceiveChannel<String> answers) throws InterruptedException {
        return new Select<String>()
                .onReceive(answers, answer -> "the answer is " + answer)
                .onDone(limited, () -> "no answer yet")
                .run();
    }
}

// java -jar benchmarks.jar run timeout-holds-resource --idiom channel
