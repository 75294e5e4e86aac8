package org.leaklab.scenario.callback;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * An audit that a {@code finally} block starts after the request, without a context.
 *
 * <p>When the block runs, the context of the request is done already and would stop the audit at once, so the audit
 * gets none. Then nothing can end the audit: the reader of the audit log is gone, the send has no time limit, and the
 * request that started it has returned. Every request leaves one more audit behind, and no request fails. In the cure
 * the audit waits a limited time, and then keeps its entry in the outbox, for when there is a reader again.
 *
 * <p>In Go: {@code defer func() { go func() { audit <- entry }() }()}; the cure starts from
 * {@code context.WithoutCancel(ctx)} and adds a timeout.
 */
@Leak(
        id = "deferred-task-without-context",
        family = Family.CALLBACK,
        stuck = 1,
        at = "Channel.send",
        cause = "a task that outlives its request has no context, and what it waits for is gone",
        cure = "give a task that outlives its request a limit, and a place for what it could not deliver")
public final class DeferredTaskWithoutContext implements Scenario {

    private static final Duration LIMIT = Duration.ofMillis(20);

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        Channel<String> orders = Channel.buffered(1);
        Channel<String> audit = Channel.unbuffered(); // its reader is gone
        try (Context request = Context.background().withCancel()) {
            orders.send(request, "order 7");
        } finally {
            threads.start("audit", () -> audit.send("order 7 is placed"));
        }
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        Channel<String> orders = Channel.buffered(1);
        Channel<String> audit = Channel.unbuffered(); // its reader is gone
        Queue<String> outbox = new ConcurrentLinkedQueue<>(); // what the next reader gets first
        try (Context request = Context.background().withCancel()) {
            orders.send(request, "order 7");
        } finally {
            threads.start("audit", () -> deliver("order 7 is placed", audit, outbox));
        }
    }

    /** Sends the entry within the limit, and keeps it in the outbox otherwise. */
    private static void deliver(String entry, Channel<String> audit, Queue<String> outbox) throws InterruptedException {
        if (!audit.send(entry, LIMIT)) {
            outbox.add(entry);
        }
    }
}

// java -jar benchmarks.jar run deferred-task-without-context --idiom channel
