package org.leaklab.scenario.cancellation;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A session starts a listener that runs until it is cancelled, and nobody cancels it.
 *
 * <p>The listener takes one message after the other. Only an interrupt ends it, and only {@code Future.cancel(true)}
 * would send one. The session returns without it. That makes the {@code Future} garbage, but it cancels nothing. The
 * listener waits for the next message for ever, and keeps the inbox of a session that is over.
 *
 * <p>Its thread is in {@code LinkedBlockingQueue.take}, in state WAITING, as a listener of a living session is. The
 * thread dump does not say which of the two it is.
 */
@Leak(
        id = "cancel-never-called",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 1,
        at = "LinkedBlockingQueue.take",
        cause = "only a cancel ends the listener, and its session returns without one",
        cure = "let close() cancel what runs until it is cancelled, and use try-with-resources")
public final class CancelNeverCalledJdk implements Scenario {

    @Override
    public void leaky(Threads threads) {
        ExecutorService tasks =
                Executors.newThreadPerTaskExecutor(threads.launcher().factory("listener"));
        Listener listener = Listener.start(tasks);
        listener.tell("hello");
    }

    @Override
    public void fixed(Threads threads) {
        ExecutorService tasks =
                Executors.newThreadPerTaskExecutor(threads.launcher().factory("listener"));
        try (Listener listener = Listener.start(tasks)) {
            listener.tell("hello");
        }
    }

    /** A task that takes messages until it is closed. Closing handles the messages that it has not taken by then. */
    private record Listener(BlockingQueue<String> inbox, Future<?> task) implements AutoCloseable {

        private static final System.Logger LOG = System.getLogger(CancelNeverCalledJdk.class.getName());

        static Listener start(ExecutorService tasks) {
            BlockingQueue<String> inbox = new LinkedBlockingQueue<>();
            return new Listener(inbox, tasks.submit(() -> listen(inbox)));
        }

        void tell(String message) {
            inbox.add(message);
        }

        @Override
        public void close() {
            task.cancel(true);
            for (String message; (message = inbox.poll()) != null; ) {
                handle(message);
            }
        }

        private static Void listen(BlockingQueue<String> inbox) throws InterruptedException {
            while (true) {
                handle(inbox.take());
            }
        }

        private static void handle(String message) {
            LOG.log(System.Logger.Level.DEBUG, message);
        }
    }
}

// java -jar benchmarks.jar run cancel-never-called --idiom jdk
