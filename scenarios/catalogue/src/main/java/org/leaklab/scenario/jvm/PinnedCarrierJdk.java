package org.leaklab.scenario.jvm;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A handler waits, inside {@code synchronized}, in {@code take} for a reply that never comes. Beside it another thread,
 * the bystander, needs no lock and no reply.
 *
 * <p>Nobody puts a reply into the queue, so the handler keeps its stack and the monitor. Up to JDK 23 a virtual thread
 * that holds a monitor is pinned to its carrier: {@code take} parks the carrier with it. If there are as many such
 * handlers as carriers, no virtual thread of the JVM runs any more. Here the JVM has one carrier, and the bystander,
 * which has only a little to compute, never runs. From JDK 24 on (JEP 491) the handler leaves its carrier and is stuck
 * alone. With platform threads it is alone on any JDK. In the cure the handler still keeps the carrier, but for five
 * milliseconds at most.
 */
@Leak(
        id = "pinned-carrier",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 1,
        at = "LinkedBlockingQueue.take",
        cause = "a reply that never comes is waited for without a limit, and inside synchronized",
        cure = "give every wait a limit and look at its result; better still, hold no monitor while you wait",
        seenIn = "brettwooldridge/HikariCP#2055",
        differs =
                @Leak.Differs(
                        from = 21,
                        to = 23,
                        threads = ThreadKind.VIRTUAL,
                        stuck = 2,
                        why = "the handler pins the only carrier, so the bystander never runs"),
        ownJvm = {"-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1"})
public final class PinnedCarrierJdk implements Scenario {

    @Override
    public void leaky(Threads threads) {
        List<String> outbox = new ArrayList<>();
        BlockingQueue<String> replies = new LinkedBlockingQueue<>();
        threads.start("handler", () -> {
            synchronized (outbox) {
                outbox.add("query");
                replies.take();
            }
        });
        threads.start("bystander", threads::work); // a virtual one needs the only carrier of this JVM
    }

    @Override
    public void fixed(Threads threads) {
        List<String> outbox = new ArrayList<>();
        BlockingQueue<String> replies = new LinkedBlockingQueue<>();
        threads.start("handler", () -> {
            synchronized (outbox) {
                outbox.add("query");
                if (replies.poll(5, MILLISECONDS) == null) {
                    outbox.remove("query");
                }
            }
        });
        threads.start("bystander", threads::work); // a virtual one needs the only carrier of this JVM
    }
}

// java -jar benchmarks.jar run pinned-carrier --idiom jdk
