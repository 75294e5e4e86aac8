package org.leaklab.scenario.channel;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A caller that starts a query, then fails a check and leaves before it takes the rows.
 *
 * <p>The query's {@code put} into the {@link SynchronousQueue} returns only when a thread takes the rows, and the only
 * one that would has returned. No other thread knows the queue. The query keeps its stack, and with it the rows. With
 * room for one element the query ends whether the caller stays or not. The result of a {@code FutureTask} has that room
 * too: {@code run} does not wait for a {@code get}.
 */
@Leak(
        id = "early-return",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 1,
        at = "SynchronousQueue.put",
        cause = "the caller leaves through a check before its take, and the put waits for that take",
        cure = "leave room for the result, or use a Future, so that the sender does not depend on who stays",
        unlike = "send-without-receiver: there no thread was ever meant to take")
public final class EarlyReturnJdk implements Scenario {

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        BlockingQueue<Integer> rows = new SynchronousQueue<>();
        threads.start("query", () -> rows.put(42));
        if (!mayRead("guest")) {
            return;
        }
        rows.take();
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        BlockingQueue<Integer> rows = new ArrayBlockingQueue<>(1);
        threads.start("query", () -> rows.put(42));
        if (!mayRead("guest")) {
            return;
        }
        rows.take();
    }

    private static boolean mayRead(String user) {
        return user.equals("admin");
    }
}

// java -jar benchmarks.jar run early-return --idiom jdk
