package org.leaklab.scenario.channel;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A handler that hands over the error, forgets to return, and hands over a second reply to a caller that takes one.
 *
 * <p>The caller takes the error and leaves. The second {@code put} into the {@link SynchronousQueue} needs a second
 * {@code take}, and no other thread knows the queue any more. The handler keeps its stack, and all that it holds of the
 * request. A queue with room for one reply would hide the mistake: the handler would end, and "200 OK" would stay in
 * the queue for whoever takes next.
 */
@Leak(
        id = "double-send",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 1,
        at = "SynchronousQueue.put",
        cause = "the return after the error is missing, so two replies are put for a caller that takes one",
        cure = "return after each reply, so that every path puts exactly one",
        unlike = "early-return: there the sender sends once, and the receiver leaves without taking it")
public final class DoubleSendJdk implements Scenario {

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        BlockingQueue<String> replies = new SynchronousQueue<>();
        threads.start("handler", () -> {
            if (!mayRead("guest")) {
                replies.put("403 Forbidden");
            }
            replies.put("200 OK");
        });
        replies.take();
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        BlockingQueue<String> replies = new SynchronousQueue<>();
        threads.start("handler", () -> {
            if (!mayRead("guest")) {
                replies.put("403 Forbidden");
                return;
            }
            replies.put("200 OK");
        });
        replies.take();
    }

    private static boolean mayRead(String user) {
        return user.equals("admin");
    }
}

// java -jar benchmarks.jar run double-send --idiom jdk
