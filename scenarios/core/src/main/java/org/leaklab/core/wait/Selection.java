package org.leaklab.core.wait;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A wait for the first of several sends and receives.
 *
 * <p>Algorithm, after Go's {@code runtime/select.go}: poll the places one by one in random order; if none is ready,
 * lock all, tried in order of their ids, poll once more, and enqueue one node on each before unlocking, so no value can
 * slip through between the poll and the wait. The waker ends the common {@link Waiter} and leaves the index of the node
 * it came through; the other nodes are then unlinked, each in constant time.
 *
 * <p>Not safe for use by several threads, but may be run again and again by one.
 *
 * @param <R> type of the result
 */
public abstract class Selection<R> {

    private static final Object NOT_READY = new Object();
    private static final Object DRAINED = new Object();
    private static final @Nullable Object[] NOTHING = {};

    private final List<Clause<R>> clauses = new ArrayList<>();
    private boolean sends;

    /** The place by whose experience to spin: not a context's, which is seldom done. */
    private @Nullable MeetingPoint leader;

    private int[] order = {};
    private MeetingPoint @Nullable [] locks;

    /** One send or receive. */
    protected abstract static class Clause<R> {
        private final MeetingPoint place;
        private final boolean sends;

        /** A send to a place, or a receive from it. */
        protected Clause(MeetingPoint place, boolean sends) {
            this.place = place;
            this.sends = sends;
        }

        /** What to send, asked for once in each run; null for a receive. */
        protected @Nullable Object next() {
            return null;
        }

        /** What comes of it: the item is what was sent or received; null when the place is closed and empty. */
        protected abstract R handle(@Nullable Object item) throws InterruptedException;

        /**
         * One attempt, under the lock: {@link #NOT_READY}, {@link #DRAINED} when the place is closed and, for a
         * receive, empty, or the value sent or received.
         */
        private Object poll(@Nullable Object[] values, int index) {
            if (sends) {
                return place.closedNow() ? DRAINED : place.sendNow(values[index]) ? values[index] : NOT_READY;
            }
            Object received = place.receiveNow();
            if (received != null) {
                return received;
            }
            return place.closedNow() ? DRAINED : NOT_READY;
        }

        /**
         * Handles what was sent or received, without a lock; null when the place is closed and, for a receive, empty.
         */
        private R take(@Nullable Object item) throws InterruptedException {
            if (sends && item == null) {
                throw place.sendOnClosed();
            }
            return handle(item);
        }

        private void enqueue(WaitNode node, @Nullable Object[] values, int index) {
            if (sends) {
                place.enqueueSender(node, values[index]);
            } else {
                place.enqueueReceiver(node);
            }
        }
    }

    /** Adds a send or receive between two threads, whose answer may come soon. */
    protected final void add(Clause<R> clause) {
        leader = leader == null ? clause.place : leader;
        addRare(clause);
    }

    /** Adds one that is seldom ready: its place does not say how to spin. */
    protected final void addRare(Clause<R> clause) {
        clauses.add(clause);
        sends |= clause.sends;
    }

    /** How long to wait at most; 0 does not, {@link Nanos#FOR_EVER} is without limit. */
    protected abstract long patience();

    /** What comes of it when none is ready in that time. */
    protected abstract R late() throws InterruptedException;

    /**
     * Waits until one clause takes effect, and handles it.
     *
     * @throws InterruptedException if interrupted before a clause took effect; then none did
     */
    protected final R choose() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (order.length < clauses.size()) {
            prepare();
        }
        @Nullable Object[] values = values();
        shuffle();
        for (int index : order) {
            Clause<R> clause = clauses.get(index);
            Object item;
            clause.place.lock();
            try {
                item = clause.poll(values, index);
            } finally {
                clause.place.unlock();
            }
            if (item != NOT_READY) {
                return clause.take(item == DRAINED ? null : item);
            }
        }
        return patience() == 0 ? late() : block(values);
    }

    private R block(@Nullable Object[] values) throws InterruptedException {
        Waiter waiter = new Waiter();
        WaitNode[] nodes = new WaitNode[order.length];
        int ready = lockAndPoll(values, waiter, nodes);
        if (ready >= 0) {
            return clauses.get(ready).take(waiter.item);
        }
        int by = Waiter.LATE;
        try {
            if (leader != null) {
                leader.spin(waiter);
            }
            by = waiter.await(this, patience(), endsIn());
        } finally {
            for (int index = 0; index < nodes.length; index++) {
                if (index != by) {
                    clauses.get(index).place.forget(nodes[index]);
                }
            }
        }
        if (by == Waiter.LATE) {
            return late();
        }
        return clauses.get(by).take(nodes[by].item);
    }

    /** When a place that it waits for is closed for certain. */
    private long endsIn() {
        long soonest = Nanos.FOR_EVER;
        for (int i = 0; i < clauses.size(); i++) { // an iterator is an object too
            soonest = Math.min(soonest, clauses.get(i).place.endsIn());
        }
        return soonest;
    }

    /** Index of the clause that took effect, its value in the waiter; or -1 with a node enqueued at every place. */
    private int lockAndPoll(@Nullable Object[] values, Waiter waiter, WaitNode[] nodes) {
        MeetingPoint[] places = locks();
        MeetingPoint.lockAll(places);
        try {
            for (int index : order) {
                Object item = clauses.get(index).poll(values, index);
                if (item != NOT_READY) {
                    waiter.item = item == DRAINED ? null : item;
                    return index;
                }
            }
            for (int index = 0; index < nodes.length; index++) {
                WaitNode node = new WaitNode(waiter, index);
                nodes[index] = node;
                clauses.get(index).enqueue(node, values, index);
            }
            if (leader != null) {
                leader.chooseSpin(waiter);
            }
            return -1;
        } finally {
            for (MeetingPoint place : places) {
                place.unlock();
            }
        }
    }

    /** What the send clauses have to send; nothing is allocated where there are none. */
    private @Nullable Object[] values() {
        if (!sends) {
            return NOTHING;
        }
        @Nullable Object[] values = new Object[clauses.size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = clauses.get(index).next();
        }
        return values;
    }

    /** Once, before the first run with these clauses. */
    private void prepare() {
        order = new int[clauses.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        locks = null;
    }

    /** The places without repetition, in an order that all selects have in common: then they seldom lock crosswise. */
    private MeetingPoint[] locks() {
        MeetingPoint[] inOrder = locks;
        if (inOrder == null) {
            inOrder = sorted();
            locks = inOrder;
        }
        return inOrder;
    }

    /** An insertion sort by id that leaves out what is there already: a select has few clauses. */
    private MeetingPoint[] sorted() {
        MeetingPoint[] sorted = new MeetingPoint[clauses.size()];
        int size = 0;
        for (Clause<R> clause : clauses) {
            MeetingPoint place = clause.place;
            int at = size;
            while (at > 0 && sorted[at - 1].id > place.id) {
                at--;
            }
            if (at == 0 || sorted[at - 1] != place) {
                System.arraycopy(sorted, at, sorted, at + 1, size - at);
                sorted[at] = place;
                size++;
            }
        }
        return size == sorted.length ? sorted : Arrays.copyOf(sorted, size);
    }

    /** Fisher and Yates. */
    private void shuffle() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
