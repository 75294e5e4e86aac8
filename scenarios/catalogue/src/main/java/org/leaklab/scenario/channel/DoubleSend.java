package org.leaklab.scenario.channel;

import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A handler that sends the error, forgets to return, and sends once more to a caller that receives once.
 *
 * <p>The caller takes the error and leaves. The second send needs a second receive, and no other thread knows the
 * channel any more. The handler keeps its stack, and all that it holds of the request.
 *
 * <p>In Go: {@code if !allowed { ch <- "403" }; ch <- "200"}, with the {@code return} after the first send missing.
 */
@Leak(
        id = "double-send",
        family = Family.CHANNEL,
        stuck = 1,
        at = "Channel.send",
        cause = "the return after sending the error is missing, so two values are sent to a caller that receives one",
        cure = "return after each send of an outcome, so that every path sends exactly once",
        unlike = "early-return: there the sender sends once, and the receiver leaves before it receives")
public final class DoubleSend implements Scenario {

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        Channel<String> replies = Channel.unbuffered();
        threads.start("handler", () -> {
            if (!mayRead("guest")) {
                replies.send("403 Forbidden");
            }
            replies.send("200 OK");
        });
        replies.receive();
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        Channel<String> replies = Channel.unbuffered();
        threads.start("handler", () -> {
            if (!mayRead("guest")) {
                replies.send("403 Forbidden");
                return;
            }
            replies.send("200 OK");
        });
        replies.receive();
    }

    private static boolean mayRead(String user) {
        return user.equals("admin");
    }
}

// java -jar benchmarks.jar run double-send --idiom channel
