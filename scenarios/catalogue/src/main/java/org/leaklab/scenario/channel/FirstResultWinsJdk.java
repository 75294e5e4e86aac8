package org.leaklab.scenario.channel;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Five replicas race for an answer, into a queue that has room for one because the caller wants one.
 *
 * <p>The caller takes the first answer and leaves. The second one fills the queue again. The three other replicas wait
 * in {@code put} for room that nobody will make: they share the queue only with each other, and all of them put. Each
 * keeps its stack and an answer that is no longer needed. {@link java.util.concurrent.ExecutorService#invokeAny} is
 * this race without the mistake, and it also cancels the losers.
 *
 * <p>{@code jstack} shows the three in {@code ArrayBlockingQueue.put}, all parked on the same object. That object is a
 * condition of the queue, and not the queue itself.
 */
@Leak(
        id = "first-result-wins",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 3,
        at = "ArrayBlockingQueue.put",
        cause = "five racers put into a queue with room for one, and only the first answer is taken",
        cure = "leave room for every racer's answer, or use invokeAny, which cancels the losers",
        unlike = "surplus-senders: there the caller needs every result, so the cure is to take them all")
public final class FirstResultWinsJdk implements Scenario {

    private static final int REPLICAS = 5;

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        BlockingQueue<String> answers = new ArrayBlockingQueue<>(1);
        for (int i = 0; i < REPLICAS; i++) {
            String replica = "replica " + i;
            threads.start(replica, () -> answers.put("answer of " + replica));
        }
        answers.take();
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        BlockingQueue<String> answers = new ArrayBlockingQueue<>(REPLICAS);
        for (int i = 0; i < REPLICAS; i++) {
            String replica = "replica " + i;
            threads.start(replica, () -> answers.put("answer of " + replica));
        }
        answers.take();
    }
}

// java -jar benchmarks.jar run first-result-wins --idiom jdk
