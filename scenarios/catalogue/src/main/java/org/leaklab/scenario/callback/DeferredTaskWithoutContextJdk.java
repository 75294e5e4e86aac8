package org.leaklab.scenario.callback;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * An audit that a {@code finally} block starts after the request, without a time limit.
 *
 * <p>The audit shall not end with the request, so it runs on a thread of its own, and nobody keeps that thread. Then
 * nothing can end it: the reader of the audit log is gone, {@code put} has no limit, and the request that started it
 * has returned. Every request leaves one more audit behind, and no request fails. In the cure the audit waits a limited
 * time, and then keeps its entry in the outbox, for when there is a reader again.
 */
@Leak(
        id = "deferred-task-without-context",
        idiom = Idiom.JDK,
        family = Family.CALLBACK,
        stuck = 1,
        at = "SynchronousQueue.put",
        cause = "a task that outlives its request waits without a limit, and what it waits for is gone",
        cure = "give a task that outlives its request a limit, and a place for what it could not deliver")
public final class DeferredTaskWithoutContextJdk implements Scenario {

    private static final long LIMIT_MILLIS = 20;

    @Override
    public void leaky(Threads threads) {
        BlockingQueue<String> audit = new SynchronousQueue<>(); // its reader is gone
        Queue<String> orders = new ConcurrentLinkedQueue<>();
        try {
            place("order 7", orders);
        } finally {
            threads.start("audit", () -> audit.put("order 7 was requested"));
        }
    }

    @Override
    public void fixed(Threads threads) {
        BlockingQueue<String> audit = new SynchronousQueue<>(); // its reader is gone
        Queue<String> outbox = new ConcurrentLinkedQueue<>(); // what the next reader gets first
        Queue<String> orders = new ConcurrentLinkedQueue<>();
        try {
            place("order 7", orders);
        } finally {
            threads.start("audit", () -> deliver("order 7 was requested", audit, outbox));
        }
    }

    /** Hands the entry over within the limit, and keeps it in the outbox otherwise. */
    private static void deliver(String entry, BlockingQueue<String> audit, Queue<String> outbox)
            throws InterruptedException {
        boolean delivered = false;
        try {
            delivered = audit.offer(entry, LIMIT_MILLIS, MILLISECONDS);
        } finally {
            if (!delivered) {
                outbox.add(entry);
            }
        }
    }

    private static void place(String order, Queue<String> orders) {
        orders.add(order);
    }
}

// java -jar benchmarks.jar run deferred-task-without-context --idiom jdk
