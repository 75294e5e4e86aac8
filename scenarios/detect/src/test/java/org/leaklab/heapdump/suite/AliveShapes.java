package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.HEALTHY;

import java.lang.Thread.State;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.leaklab.core.Channel;
import org.leaklab.core.ThreadKind;

/** Programs that are well: their threads wait for each other, and go on one day. */
final class AliveShapes {

    private AliveShapes() {}

    @Shape
    static void consumerOfASlowProducer(Stage stage) {
        LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
        stage.start(HEALTHY, State.TIMED_WAITING, () -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(TimedShapes.HOUR);
                queue.put(1);
            }
        });
        stage.start(HEALTHY, () -> queue.take());
    }

    @Shape
    static void producersOfASlowConsumer(Stage stage) {
        SynchronousQueue<Object> queue = new SynchronousQueue<>();
        stage.start(HEALTHY, State.TIMED_WAITING, () -> {
            Thread.sleep(TimedShapes.HOUR);
            queue.take();
        });
        stage.start(HEALTHY, () -> queue.put(1));
        stage.start(HEALTHY, () -> queue.put(2));
    }

    @Shape
    static void pipelineOfChannels(Stage stage) {
        Channel<Object> first = Channel.unbuffered();
        Channel<Object> second = Channel.unbuffered();
        stage.start(HEALTHY, State.TIMED_WAITING, () -> {
            Thread.sleep(TimedShapes.HOUR);
            first.send(1);
        });
        stage.start(HEALTHY, () -> second.send(first.receive()));
        stage.start(HEALTHY, second::receive);
    }

    /** A timer whose object nobody has: its own thread goes on to the task. */
    @Shape(kinds = ThreadKind.PLATFORM)
    static void timerTask(Stage stage) {
        CountDownLatch latch = new CountDownLatch(1);
        new Timer(true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                latch.countDown();
                            }
                        },
                        TimedShapes.HOUR);
        stage.start(HEALTHY, latch::await);
    }

    @Shape(kinds = ThreadKind.PLATFORM)
    static void idleTimer(Stage stage) throws InterruptedException {
        Timer timer = new Timer(true);
        Stage.keep(timer);
        CountDownLatch adopted = new CountDownLatch(1);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        stage.adopt(HEALTHY, State.WAITING);
                        adopted.countDown();
                    }
                },
                0);
        adopted.await();
    }
}
