package org.leaklab.scenario.channel;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.SubmissionPublisher;
import org.jspecify.annotations.Nullable;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A subscriber that requests one line when it subscribes, and none after that.
 *
 * <p>A {@link SubmissionPublisher} hands a subscriber as many items as that one has requested. It keeps the next ones
 * in a buffer, and when the buffer is full, {@code submit} waits. The subscriber prints the first line and does not ask
 * for the second. It waits in no thread, so only the publisher is stuck: with its stack, the full buffer, and its lock,
 * for which all later calls of {@code submit} and {@code close} wait. No interrupt ends {@code submit}; a cancelled
 * subscription does.
 *
 * <p>{@code jstack} shows the publisher in {@code SubmissionPublisher.submit}, and nothing of the subscriber, whose
 * code is wrong.
 */
@Leak(
        id = "flow-subscriber-never-requests",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 1,
        at = "SubmissionPublisher.submit",
        endedBy = EndedBy.JVM,
        cause = "the subscriber requests no more items, and submit waits for room in the full buffer",
        cure = "request the next item when one is processed, or offer with a limit and a handler for drops",
        seenIn = {"line/armeria#2666", "vert-x3/vertx-reactive-streams#26"})
public final class FlowSubscriberNeverRequests implements Scenario {

    private static final int LINES = 10;
    private static final int ROOM = 2;

    @Override
    public void leaky(Threads threads) {
        publish(threads, new Printer() {
            @Override
            public void onNext(String line) {
                page.add(line);
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        publish(threads, new Printer() {
            @Override
            public void onNext(String line) {
                page.add(line);
                more();
            }
        });
    }

    private static void publish(Threads threads, Printer printer) {
        threads.start("publisher", () -> {
            try (var lines = new SubmissionPublisher<String>(threads.launcher().executor("printer"), ROOM)) {
                lines.subscribe(printer);
                for (int i = 0; i < LINES; i++) {
                    lines.submit("line " + i);
                }
            }
        });
    }

    private abstract static class Printer implements Subscriber<String> {

        final Queue<String> page = new ConcurrentLinkedQueue<>();
        private volatile @Nullable Subscription subscription;

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            more();
        }

        void more() {
            Subscription asked = subscription;
            if (asked != null) {
                asked.request(1);
            }
        }

        @Override
        public void onComplete() {
            page.add("end");
        }

        @Override
        public void onError(Throwable failure) {
            page.add("failed: " + failure.getMessage());
        }
    }
}

// java -jar benchmarks.jar run flow-subscriber-never-requests --idiom jdk
