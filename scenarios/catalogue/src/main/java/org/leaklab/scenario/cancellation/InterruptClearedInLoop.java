package org.leaklab.scenario.cancellation;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * An inner loop that asks with {@code Thread.interrupted()}, which clears the flag that the outer loop looks at.
 *
 * <p>The recorder takes stations to record from a queue, and records each until it is interrupted. The inner loop
 * notices the interrupt and ends, and by asking it has cleared the flag. The outer loop finds no interrupt and takes
 * the next station. Nobody puts one: the owner believes that the recorder has stopped. {@code isInterrupted()} asks the
 * same and leaves the flag as it is.
 */
@Leak(
        id = "interrupt-cleared-in-loop",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 1,
        at = "LinkedBlockingQueue.take",
        cause = "Thread.interrupted() clears the flag, so only the first one who asks learns of the interrupt",
        cure = "ask with Thread.currentThread().isInterrupted(), unless you throw InterruptedException next",
        seenIn = "HubSpot/jinjava#899",
        unlike = "swallowed-interrupt: there an exception is caught and forgotten; here there is no exception at all")
public final class InterruptClearedInLoop implements Scenario {

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        BlockingQueue<Station> stations = new LinkedBlockingQueue<>();
        var recorder = threads.start("recorder", () -> {
            while (!Thread.currentThread().isInterrupted()) {
                Station station = stations.take();
                while (!Thread.interrupted()) {
                    station.recordNext(threads);
                }
            }
        });
        Station news = new Station(new CountDownLatch(1));
        stations.put(news);
        news.recording().await();
        recorder.thread().interrupt(); // enough
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        BlockingQueue<Station> stations = new LinkedBlockingQueue<>();
        var recorder = threads.start("recorder", () -> {
            while (!Thread.currentThread().isInterrupted()) {
                Station station = stations.take();
                while (!Thread.currentThread().isInterrupted()) {
                    station.recordNext(threads);
                }
            }
        });
        Station news = new Station(new CountDownLatch(1));
        stations.put(news);
        news.recording().await();
        recorder.thread().interrupt(); // enough
    }

    /** A radio station, which never ends. */
    private record Station(CountDownLatch recording) {

        void recordNext(Threads threads) {
            threads.work();
            recording.countDown();
        }
    }
}

// java -jar benchmarks.jar run interrupt-cleared-in-loop --idiom jdk
