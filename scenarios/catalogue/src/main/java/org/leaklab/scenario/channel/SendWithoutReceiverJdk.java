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
 * A thread that puts its result into a {@link SynchronousQueue}, from which no thread takes.
 *
 * <p>A {@code SynchronousQueue} has no room: {@code put} returns only when another thread takes the element. Only the
 * sender knows the queue, so no thread can take. The sender keeps its stack, and the result.
 *
 * <p>{@code jstack} shows the sender as {@code WAITING (parking)} in {@code SynchronousQueue.put}, and the object that
 * it parks on. It does not show that no other thread has this queue: a queue has no owner.
 */
@Leak(
        id = "send-without-receiver",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 1,
        at = "SynchronousQueue.put",
        cause = "a put into a SynchronousQueue waits for a take, and nobody takes",
        cure =
                "let a thread take what another one puts; a result that may be dropped needs room, or an offer with a limit",
        unlike = "early-return: there the receiver exists, and leaves before it takes")
public final class SendWithoutReceiverJdk implements Scenario {

    @Override
    public void leaky(Threads threads) {
        BlockingQueue<Integer> results = new SynchronousQueue<>();
        threads.start("sender", () -> results.put(42));
    }

    @Override
    public void fixed(Threads threads) {
        BlockingQueue<Integer> results = new ArrayBlockingQueue<>(1);
        threads.start("sender", () -> results.put(42));
    }
}

// java -jar benchmarks.jar run send-without-receiver --idiom jdk
