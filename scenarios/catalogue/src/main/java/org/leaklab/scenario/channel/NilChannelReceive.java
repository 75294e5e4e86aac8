package org.leaklab.scenario.channel;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Ten workers are given the channel of their jobs before it is made, so they receive from a nil channel.
 *
 * <p>A receive from a nil channel is never ready, and a nil channel cannot be closed. Each worker keeps what the
 * variable contained when the worker was started. The channel that is made later gets the jobs and is closed, and no
 * worker ever learns of it. Each worker keeps its stack.
 *
 * <p>In Go: {@code var jobs chan string; for range 10 { go work(jobs) }; jobs = make(chan string, 10)}.
 */
@Leak(
        id = "nil-channel-receive",
        family = Family.CHANNEL,
        stuck = 10,
        at = "Channel.receive",
        cause = "the workers got the channel before it was made, and a receive from a nil channel blocks for ever",
        cure = "make the channel where it is declared, before anybody is given it",
        noJdkForm = "a variable that holds no queue is null in Java, and take throws a NullPointerException at once")
public final class NilChannelReceive implements Scenario {

    private static final int WORKERS = 10;

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        Channel<String> jobs = Channel.nil();
        startWorkers(threads, jobs);
        jobs = Channel.buffered(WORKERS);
        feed(jobs);
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        Channel<String> jobs = Channel.buffered(WORKERS);
        startWorkers(threads, jobs);
        feed(jobs);
    }

    private static void startWorkers(Threads threads, Channel<String> jobs) {
        Queue<String> done = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < WORKERS; i++) {
            threads.start("worker", () -> jobs.forEach(done::add));
        }
    }

    private static void feed(Channel<String> jobs) throws InterruptedException {
        for (int i = 0; i < WORKERS; i++) {
            jobs.send("job " + i);
        }
        jobs.close();
    }
}

// java -jar benchmarks.jar run nil-channel-receive --idiom channel
