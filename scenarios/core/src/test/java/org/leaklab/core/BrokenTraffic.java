package org.leaklab.core;

import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A queue with one flaw, as people write them; for trying out whether {@link Conservation} would notice. */
final class BrokenTraffic implements Traffic {

    enum Flaw {
        /** A sender that runs out of time says so, and leaves its item in the queue. */
        DELIVERS_WHAT_TIMED_OUT,
        /** A receiver takes an item, then finds that its time is over, and drops it. */
        DROPS_WHAT_CAME_LATE,
        /** Looking and taking are two steps. */
        DELIVERS_TWICE,
        /** Takes the last item that came, not the first. */
        OVERTAKES,
        /** Who gives up does not take itself out. */
        LEAVES_WAITERS,
        /** A context is made for a wait, and nobody closes it. */
        LEAVES_CONTEXTS,
        /** Somebody else is left to wait for the end of the context. */
        LEAVES_LISTENERS
    }

    private final Flaw flaw;
    private final Queue<Long> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiters = new AtomicInteger();

    BrokenTraffic(Flaw flaw) {
        this.flaw = flaw;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // a yield provokes the race, nothing relies on it
    public void step(SplittableRandom random, Context context, Tally tally) throws InterruptedException {
        long deadline = System.nanoTime() + random.nextInt(20_000);
        if (flaw == Flaw.LEAVES_CONTEXTS) {
            Context neverClosed = context.withCancel();
            neverClosed.throwIfDone();
        } else if (flaw == Flaw.LEAVES_LISTENERS && random.nextInt(10) == 0) {
            Thread.startVirtualThread(() -> listen(context));
        }
        if (random.nextBoolean()) {
            long item = tally.next();
            queue.add(item);
            if (flaw == Flaw.DELIVERS_WHAT_TIMED_OUT) {
                Thread.yield();
                if (System.nanoTime() > deadline) {
                    return;
                }
            }
            tally.sent(0, item);
        } else {
            Long item = flaw == Flaw.DELIVERS_TWICE || flaw == Flaw.OVERTAKES ? queue.peek() : queue.poll();
            Thread.yield();
            if (item == null) {
                waiters.addAndGet(flaw == Flaw.LEAVES_WAITERS ? 1 : 0);
                return;
            }
            if (flaw == Flaw.DROPS_WHAT_CAME_LATE && System.nanoTime() > deadline) {
                return;
            }
            if (flaw == Flaw.DELIVERS_TWICE) {
                queue.poll();
            } else if (flaw == Flaw.OVERTAKES) {
                item = takeLast();
            }
            if (item != null) {
                tally.received(0, item);
            }
        }
    }

    private static void listen(Context context) {
        try {
            context.done().receive();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts", e);
        }
    }

    private synchronized Long takeLast() {
        Long last = null;
        for (Long item : queue) {
            last = item;
        }
        return last != null && queue.remove(last) ? last : null;
    }

    @Override
    public void close() {
        // nothing blocks
    }

    @Override
    public void drain(Tally tally) {
        for (Long item; (item = queue.poll()) != null; ) {
            tally.received(0, item);
        }
    }

    @Override
    public int waiting() {
        return waiters.get();
    }
}
