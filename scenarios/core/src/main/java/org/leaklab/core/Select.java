package org.leaklab.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the first of several things: sends, receives, a context, a timeout; or takes a default when none is ready.
 *
 * <pre>{@code
 * String next = new Select<String>()
 *         .onReceive(results, value -> value)
 *         .onDone(context, () -> "cancelled")
 *         .onTimeout(Duration.ofSeconds(1), () -> "late")
 *         .run();
 * }</pre>
 *
 * <p>Exactly one clause takes effect. Of several that are ready one is chosen at random, each with the same
 * probability. The clause's handler runs on the calling thread after the choice, without any lock. A select without
 * clauses blocks until interrupted.
 *
 * <p>Algorithm, after Go's {@code runtime/select.go}: poll the channels one by one in random order; if none is ready,
 * lock all in order of their ids, poll once more, and enqueue one node on each before unlocking, so no value can slip
 * through between the poll and the wait. The waker ends the common {@link Waiter} and leaves the index of the node it
 * came through; the other nodes are then unlinked, each in constant time.
 *
 * <p>Not safe for use by several threads, but may be run again and again by one.
 *
 * @param <R> type of what the handlers return
 */
public final class Select<R> {

    private static final Object NOT_READY = new Object();
    private static final Object DRAINED = new Object();
    private static final @Nullable Object[] NOTHING = {};

    private final List<Clause<?, R>> clauses = new ArrayList<>();
    private @Nullable Supplier<? extends R> otherwise;
    private @Nullable Handler<? extends R> late;
    private long nanos = Nanos.FOR_EVER;
    private boolean sends;

    /** The channel by whose experience to spin: not a context's, which is seldom done. */
    private @Nullable Channel<?> leader;

    private int[] order = {};
    private Channel<?> @Nullable [] locks;

    /** What to do after a clause without a value took effect. */
    @FunctionalInterface
    public interface Handler<R> {
        /** Runs on the selecting thread. */
        R run() throws InterruptedException;
    }

    /** What to do with a received value. */
    @FunctionalInterface
    public interface ReceiveHandler<T, R> {
        /** Runs on the selecting thread; the value is null when the channel is closed and drained. */
        R run(@Nullable T value) throws InterruptedException;
    }

    private record Clause<T, R>(
            Channel<T> channel,
            @Nullable Supplier<? extends T> value,
            @Nullable Handler<? extends R> sent,
            @Nullable ReceiveHandler<? super T, ? extends R> received) {

        boolean isSend() {
            return sent != null;
        }

        Object next() {
            return Objects.requireNonNull(value.get(), "a channel takes no null: null says that it is closed");
        }

        void enqueue(WaitNode node, @Nullable Object[] values, int index) {
            if (isSend()) {
                channel.enqueueSender(node, values[index]);
            } else {
                channel.enqueueReceiver(node);
            }
        }

        @SuppressWarnings("unchecked") // the value came out of a Channel<T>
        R handle(@Nullable Object item) throws InterruptedException {
            return isSend() ? sent.run() : received.run((T) item);
        }
    }

    /** Receives a value; ready as well, with null, when the channel is closed and drained. */
    public <T> Select<R> onReceive(ReceiveChannel<T> channel, ReceiveHandler<? super T, ? extends R> handler) {
        Channel<T> from = (Channel<T>) channel;
        leader = leader == null ? from : leader;
        return add(new Clause<>(from, null, null, Objects.requireNonNull(handler)));
    }

    /** Sends a value. If the channel is closed, the select throws {@link SendOnClosedChannelException}. */
    public <T> Select<R> onSend(SendChannel<T> channel, T value, Handler<? extends R> handler) {
        return onSendOf(channel, () -> value, handler);
    }

    /** Sends a value that is computed anew in each {@link #run}, whether or not it will be sent. */
    public <T> Select<R> onSendOf(SendChannel<T> channel, Supplier<? extends T> value, Handler<? extends R> handler) {
        Channel<T> to = (Channel<T>) channel;
        leader = leader == null ? to : leader;
        return add(new Clause<>(to, value, Objects.requireNonNull(handler), null));
    }

    /** Waits for a context to be done: cancelled or past its deadline. */
    public Select<R> onDone(Context context, Handler<? extends R> handler) {
        Objects.requireNonNull(handler);
        return add(new Clause<>((Channel<Void>) context.done(), null, null, ignored -> handler.run()));
    }

    /** Gives up after a time; zero or negative: at once when nothing is ready. At most one. */
    public Select<R> onTimeout(Duration timeout, Handler<? extends R> handler) {
        if (late != null) {
            throw new IllegalStateException("a select has at most one timeout");
        }
        late = handler;
        nanos = Nanos.of(timeout);
        return this;
    }

    /** What to do when nothing is ready, instead of waiting. At most one. */
    public Select<R> orElse(Supplier<? extends R> handler) {
        if (otherwise != null) {
            throw new IllegalStateException("a select has at most one default");
        }
        otherwise = handler;
        return this;
    }

    private Select<R> add(Clause<?, R> clause) {
        clauses.add(clause);
        sends |= clause.isSend();
        return this;
    }

    /**
     * Waits until one clause takes effect and runs its handler.
     *
     * @return what the handler returned
     * @throws SendOnClosedChannelException if a channel to send on is closed, or gets closed while this waits
     * @throws InterruptedException if interrupted before a clause took effect; then none did
     */
    public R run() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (order.length < clauses.size()) {
            prepare();
        }
        @Nullable Object[] values = values();
        shuffle();
        for (int index : order) {
            Clause<?, R> clause = clauses.get(index);
            Object item;
            clause.channel.lock();
            try {
                item = poll(clause, values, index);
            } finally {
                clause.channel.unlock();
            }
            if (item != NOT_READY) {
                return clause.handle(item == DRAINED ? null : item);
            }
        }
        if (otherwise != null) {
            return otherwise.get();
        }
        if (late != null && nanos == 0) {
            return late.run();
        }
        return block(values);
    }

    /** One attempt under the channel's lock: {@link #NOT_READY}, {@link #DRAINED}, or the value sent or received. */
    private static Object poll(Clause<?, ?> clause, @Nullable Object[] values, int index) {
        Channel<?> channel = clause.channel;
        if (clause.isSend()) {
            return channel.sendNow(values[index]) ? values[index] : NOT_READY;
        }
        Object received = channel.receiveNow();
        if (received != null) {
            return received;
        }
        return channel.closedNow() ? DRAINED : NOT_READY;
    }

    private R block(@Nullable Object[] values) throws InterruptedException {
        Waiter waiter = new Waiter();
        WaitNode[] nodes = new WaitNode[order.length];
        int ready = lockAndPoll(values, waiter, nodes);
        if (ready >= 0) {
            return clauses.get(ready).handle(waiter.item);
        }
        int by = Waiter.LATE;
        try {
            if (leader != null) {
                leader.spin(waiter);
            }
            by = waiter.await(this, nanos);
        } finally {
            for (int index = 0; index < nodes.length; index++) {
                if (index != by) {
                    clauses.get(index).channel.forget(nodes[index]);
                }
            }
        }
        if (by == Waiter.LATE) {
            return Objects.requireNonNull(late).run();
        }
        Clause<?, R> clause = clauses.get(by);
        if (clause.isSend() && nodes[by].closed) {
            throw new SendOnClosedChannelException();
        }
        return clause.handle(nodes[by].item);
    }

    /** Index of the clause that took effect, its value in the waiter; or -1 with a node enqueued on every channel. */
    private int lockAndPoll(@Nullable Object[] values, Waiter waiter, WaitNode[] nodes) {
        Channel<?>[] inOrder = locks();
        for (Channel<?> channel : inOrder) {
            channel.lock();
        }
        try {
            for (int index : order) {
                Object item = poll(clauses.get(index), values, index);
                if (item != NOT_READY) {
                    waiter.item = item == DRAINED ? null : item;
                    return index;
                }
            }
            for (int index = 0; index < nodes.length; index++) {
                WaitNode node = new WaitNode(waiter);
                node.index = index;
                nodes[index] = node;
                clauses.get(index).enqueue(node, values, index);
            }
            if (leader != null) {
                leader.chooseSpin(waiter);
            }
            return -1;
        } finally {
            for (Channel<?> channel : inOrder) {
                channel.unlock();
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
            Clause<?, R> clause = clauses.get(index);
            values[index] = clause.isSend() ? clause.next() : null;
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

    /** The channels without repetition, in the order in which every select locks them. */
    private Channel<?>[] locks() {
        Channel<?>[] inOrder = locks;
        if (inOrder == null) {
            inOrder = sorted();
            locks = inOrder;
        }
        return inOrder;
    }

    /** An insertion sort by id that leaves out what is there already: a select has few clauses. */
    private Channel<?>[] sorted() {
        Channel<?>[] sorted = new Channel<?>[clauses.size()];
        int size = 0;
        for (Clause<?, R> clause : clauses) {
            Channel<?> channel = clause.channel;
            int at = size;
            while (at > 0 && sorted[at - 1].id > channel.id) {
                at--;
            }
            if (at == 0 || sorted[at - 1] != channel) {
                System.arraycopy(sorted, at, sorted, at + 1, size - at);
                sorted[at] = channel;
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
