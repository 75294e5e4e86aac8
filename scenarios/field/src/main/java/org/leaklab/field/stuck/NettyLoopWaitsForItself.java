package org.leaklab.field.stuck;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** An event loop waits for a task that stands in its own queue. */
@Expected(value = Answer.POOL_STARVATION, stuck = 1, bothKinds = true, after = "netty #7498")
public final class NettyLoopWaitsForItself implements Program {

    private static @Nullable EventLoopGroup loops;

    @Override
    public void start(Threads threads) throws InterruptedException {
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, threads.factory(Threads.STUCK), NioIoHandler.newFactory());
        loops = group;
        EventLoop loop = group.next();
        CountDownLatch begun = new CountDownLatch(1);
        loop.execute(() -> {
            CompletableFuture<String> answer = new CompletableFuture<>();
            loop.execute(() -> answer.complete("42"));
            begun.countDown();
            answer.join();
        });
        begun.await();
    }
}
