package org.leaklab.scenario.jvm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.leaklab.core.Channel;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A handler waits, inside {@code synchronized}, for a reply that never comes. Beside it another thread, the bystander,
 * needs no lock and no reply.
 *
 * <p>No thread sends on the channel, so nothing can wake the handler: it keeps its stack and the monitor. Up to JDK 23
 * a virtual thread that holds a monitor is pinned to its carrier as well: it cannot be unmounted, and its carrier waits
 * with it. If there are as many such handlers as carriers, no virtual thread of the JVM runs any more. Here the JVM has
 * one carrier, which serves virtual threads in the order in which they were started: the handler takes it, and the
 * bystander, which has only a little to compute, never runs. From JDK 24 on (JEP 491) the handler is unmounted, the
 * bystander runs and ends, and one thread is stuck. With platform threads one thread is stuck on any JDK.
 *
 * <p>The cure changes one thing, the limit: without a reply the handler gives the monitor and the carrier back. Better
 * still is a wait outside of {@code synchronized}; but it needs a limit as well.
 *
 * <p>In Go: {@code mu.Lock(); outbox = append(outbox, q); <-replies; mu.Unlock()}; goroutines are never pinned so, and
 * only the handler is stuck.
 */
@Leak(
        id = "pinned-carrier",
        family = Family.JVM,
        stuck = 1,
        at = "Channel.receive",
        cause = "a reply that never comes is waited for without a limit, and inside synchronized",
        cure = "give every wait a limit, those inside synchronized above all",
        differs =
                @Leak.Differs(
                        from = 21,
                        to = 23,
                        threads = ThreadKind.VIRTUAL,
                        stuck = 2,
                        why = "the handler pins the only carrier, so the bystander never runs"),
        ownJvm = {"-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1"})
public final class PinnedCarrier implements Scenario {

    @Override
    public void leaky(Threads threads) {
        List<String> outbox = new ArrayList<>();
        Channel<String> replies = Channel.unbuffered();
        threads.start("handler", () -> {
            synchronized (outbox) {
                outbox.add("query");
                replies.receive();
            }
        });
        threads.start("bystander", threads::work); // a virtual one needs the only carrier of this JVM
    }

    @Override
    public void fixed(Threads threads) {
        List<String> outbox = new ArrayList<>();
        Channel<String> replies = Channel.unbuffered();
        threads.start("handler", () -> {
            synchronized (outbox) {
                outbox.add("query");
                replies.receive(Duration.ofMillis(5));
            }
        });
        threads.start("bystander", threads::work); // a virtual one needs the only carrier of this JVM
    }
}

// java -jar benchmarks.jar run pinned-carrier --idiom channel
