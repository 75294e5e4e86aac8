package org.leaklab.core;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Received.Value;
import org.leaklab.core.wait.Cancellation;
import org.leaklab.core.wait.MeetingPoint;
import org.leaklab.core.wait.Nanos;

/**
 * A channel as in Go: it passes values from senders to receivers, one at a time and in order.
 *
 * <p>On an unbuffered channel a send completes when a receiver takes the value. A buffered channel also accepts values
 * while its buffer has room. On a {@linkplain #nil() nil} channel no send and no receive ever completes. A value is
 * never null. A receive without a timeout returns null when the channel is closed and its buffer is empty; a receive
 * that may give up returns a {@link Received}.
 *
 * <p>Algorithm, after Go's {@code runtime/chan.go}: one short lock, a ring for the buffer, and a line of waiters that
 * is served first in, first out. Three invariants hold under the lock. If receivers wait, the buffer is empty. If
 * senders wait, the buffer is full. Senders and receivers do not wait at the same time, unless one select both sends
 * and receives on this channel. So a sender hands its value directly to the first waiting receiver, and a receiver that
 * takes a value from a full buffer moves the value of the first waiting sender into the buffer. No waiter is overtaken.
 * One point differs from Go: a compare-and-set claims a waiter that waits on several channels. The inner package
 * {@code org.leaklab.core.wait} describes how.
 *
 * <p>Safe for use by any number of threads. What a sender did before the send happens before what the receiver does
 * after the receive.
 *
 * @param <T> type of the values
 */
public final class Channel<T> extends MeetingPoint implements SendChannel<T>, ReceiveChannel<T> {

    static final String NO_NULL = "null cannot be sent: a receiver gets null when the channel is closed";

    private static final @Nullable Object[] NO_BUFFER = {};

    private static final Received<?> CLOSED = new Received.Closed<>();
    private static final Received<?> LATE = new Received.Late<>();
    private static final Received<?> EMPTY = new Received.Empty<>();

    private final boolean nil;

    /** When it is closed at the latest, for the channel of a context; null if nobody knows. */
    private final @Nullable Deadline closing;

    // guarded by the lock
    private final @Nullable Object[] ring;
    private int first;
    private int size;

    /**
     * Thrown by a send on a channel that is closed, or that is closed while the sender waits; the value was not
     * delivered. Also thrown by a close of a channel that is closed already; then two parties believe that they own the
     * channel.
     */
    public static final class ClosedException extends IllegalStateException {
        private ClosedException(String message) {
            super(message);
        }
    }

    private Channel(int capacity, boolean nil, @Nullable Deadline closing) {
        this.ring = capacity == 0 ? NO_BUFFER : new Object[capacity];
        this.nil = nil;
        this.closing = closing;
    }

    /** The channel of a context that expires at a deadline, or never. */
    static Channel<Void> closingAt(@Nullable Deadline deadline) {
        return new Channel<>(0, false, deadline);
    }

    /** A new channel without a buffer: each send waits for a receiver. */
    public static <T> Channel<T> unbuffered() {
        return new Channel<>(0, false, null);
    }

    /**
     * A new channel with a buffer.
     *
     * @param capacity how many values the buffer holds; 0 makes the channel unbuffered
     * @throws IllegalArgumentException if the capacity is negative
     */
    public static <T> Channel<T> buffered(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("a channel's capacity is 0 or more, not " + capacity);
        }
        return new Channel<>(capacity, false, null);
    }

    /**
     * A new nil channel. A send or receive on it never completes: it waits until it is interrupted, its time runs out
     * or its context is done. In a select, a nil channel is never ready. {@link #close()} throws
     * {@link IllegalStateException}.
     */
    public static <T> Channel<T> nil() {
        return new Channel<>(0, true, null);
    }

    @Override
    public void send(T value) throws InterruptedException {
        sendWithin(null, value, Nanos.FOR_EVER);
    }

    @Override
    public void send(Context context, T value) throws InterruptedException {
        context.throwIfDone();
        sendWithin(context.cancellation(), value, Nanos.FOR_EVER);
    }

    @Override
    public boolean send(T value, Duration timeout) throws InterruptedException {
        return sendWithin(null, value, Nanos.of(timeout));
    }

    private boolean sendWithin(@Nullable Cancellation context, T value, long nanos) throws InterruptedException {
        return send(context, Objects.requireNonNull(value, NO_NULL), nanos);
    }

    @Override
    public boolean trySend(T value) {
        Objects.requireNonNull(value, NO_NULL);
        lock();
        try {
            if (!closedNow()) {
                return sendNow(value);
            }
        } finally {
            unlock();
        }
        throw sendOnClosed();
    }

    @Override
    public @Nullable T receive() throws InterruptedException {
        return cast(receive(null, Nanos.FOR_EVER));
    }

    @Override
    public @Nullable T receive(Context context) throws InterruptedException {
        context.throwIfDone();
        return cast(receive(context.cancellation(), Nanos.FOR_EVER));
    }

    @Override
    public Received<T> receive(Duration timeout) throws InterruptedException {
        Object received = receive(null, Nanos.of(timeout));
        return received == TIMED_OUT ? none(LATE) : received == null ? none(CLOSED) : new Value<>(cast(received));
    }

    @Override
    public Received<T> tryReceive() {
        Object received;
        boolean over;
        lock();
        try {
            received = receiveNow();
            over = closedNow();
        } finally {
            unlock();
        }
        return received != null ? new Value<>(cast(received)) : none(over ? CLOSED : EMPTY);
    }

    @Override
    public void close() {
        if (nil) {
            throw new IllegalStateException("close of nil channel");
        }
        if (!closeAndWake()) {
            throw new ClosedException("close of closed channel: exactly one owner may close it, once");
        }
    }

    /** How many values are in the buffer. Another thread may change that at any time. */
    public int size() {
        lock();
        try {
            return size;
        } finally {
            unlock();
        }
    }

    /** How many values the buffer holds at most. 0 for an unbuffered channel. */
    public int capacity() {
        return ring.length;
    }

    /** Whether the channel is closed. Values may still be in the buffer. */
    public boolean isClosed() {
        lock();
        try {
            return closedNow();
        } finally {
            unlock();
        }
    }

    @Override
    public boolean isDrained() {
        lock();
        try {
            return closedNow() && size == 0;
        } finally {
            unlock();
        }
    }

    /** How many senders wait. Each send clause of a waiting select counts as one. */
    public int waitingSenders() {
        lock();
        try {
            return sending();
        } finally {
            unlock();
        }
    }

    /** How many receivers wait. Each receive clause of a waiting select counts as one. */
    public int waitingReceivers() {
        lock();
        try {
            return receiving();
        } finally {
            unlock();
        }
    }

    @Override
    public String toString() {
        if (nil) {
            return "nil channel";
        }
        int held;
        boolean closed;
        int sending;
        int receiving;
        lock();
        try {
            held = size;
            closed = closedNow();
            sending = sending();
            receiving = receiving();
        } finally {
            unlock();
        }
        return "channel " + id + " (" + held + " of " + ring.length + (closed ? ", closed" : "") + ", " + sending
                + " sending, " + receiving + " receiving)";
    }

    // The steps below run under the lock.

    @Override
    protected boolean sendNow(Object value) {
        if (nil) {
            return false;
        }
        if (completeReceiver(value)) {
            return true;
        }
        if (size < ring.length) {
            put(value);
            return true;
        }
        return false;
    }

    @Override
    protected @Nullable Object receiveNow() {
        if (nil) {
            return null;
        }
        if (size == 0) {
            return completeSender();
        }
        Object value = ring[first];
        ring[first] = null;
        first = first + 1 == ring.length ? 0 : first + 1;
        size--;
        Object next = completeSender();
        if (next != null) {
            put(next);
        }
        return value;
    }

    @Override
    protected long endsIn() {
        return closing == null ? Nanos.FOR_EVER : closing.nanosLeft();
    }

    @Override
    protected boolean handsOver() {
        return ring.length == 0;
    }

    private void put(@Nullable Object value) {
        int at = first + size;
        ring[at >= ring.length ? at - ring.length : at] = value;
        size++;
    }

    @Override
    protected RuntimeException sendOnClosed() {
        return new ClosedException(
                "send on closed channel: only the sender's side may close, and only after its last send");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // only values of type T are ever sent
    private static <T> @Nullable T cast(@Nullable Object value) {
        return (T) value;
    }

    @SuppressWarnings("unchecked") // it has no value of any type
    private static <T> Received<T> none(Received<?> why) {
        return (Received<T>) why;
    }
}
