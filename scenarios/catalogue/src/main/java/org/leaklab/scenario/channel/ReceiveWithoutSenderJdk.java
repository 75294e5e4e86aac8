package org.leaklab.scenario.channel;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A thread that takes an answer from a {@link LinkedBlockingQueue}, into which no thread puts one.
 *
 * <p>{@code take} returns when there is an element. A {@code BlockingQueue} cannot be closed, so it can say that no
 * answer comes only through an element that means this. Only the receiver knows the queue, so no thread can. The
 * receiver keeps its stack, and all that its stack holds.
 *
 * <p>{@code jstack} shows the receiver as {@code WAITING (parking)} in {@code LinkedBlockingQueue.take}. An idle worker
 * of a {@code ThreadPoolExecutor} looks the same up to that line. The frames below tell the two apart: the worker's are
 * {@code ThreadPoolExecutor.getTask} and {@code runWorker}.
 */
@Leak(
        id = "receive-without-sender",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 1,
        at = "LinkedBlockingQueue.take",
        cause = "a take waits for an element, and nobody puts one",
        seenIn = "apache/pulsar#24550",
        cure = "put an element that means \"no answer\" once it is known that none will come")
public final class ReceiveWithoutSenderJdk implements Scenario {

    @Override
    public void leaky(Threads threads) {
        BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
        threads.start("receiver", () -> answers.take());
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
        threads.start("receiver", () -> answers.take());
        answers.put(Optional.empty());
    }
}

// java -jar benchmarks.jar run receive-without-sender --idiom jdk
