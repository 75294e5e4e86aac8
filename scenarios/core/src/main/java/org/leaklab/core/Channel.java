package org.leaklab.core;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Received.Value;
import org.leaklab.core.wait.Cancellation;
import org.leaklab.core.wait.MeetingPoint;
import org.leaklab.core.wait.Nanos;

/**
 * A channel as in Go: values pass from senders to receivers, one by one, in order.
 *
 * <p>An unbuffered channel is a rendezvous: a send completes when a receiver takes the value. A buffered one takes up
 * to its capacity ahead. A {@linkplain #nil() nil} channel never lets a value through. Values are not null; null is
 * what a receiver gets from a closed and drained channel, and a {@link Received} where it may give up.
 *
 * <p>Algorithm, after Go's {@code runtime/chan.go}: one short lock, a ring for the buffer, and FIFO lines of waiters.
 * Under the lock the invariants hold that waiting receivers mean an empty buffer, waiting senders a full one, and that
 * never both wait. Hence a sender hands its value straight to the first waiting receiver, and a receiver that takes
 * from a full buffer moves the first waiting sender's value in: no waiter is overtaken. Unlike Go's, a waiter that
 * waits on several channels is claimed by compare-and-set, as the inner package {@code org.leaklab.core.wait}
 * describes.
 *
 * <p>Safe for use by any number of threads. What a sender did before the send happens before what the receiver does
 * after it.
 *
 * @param <T> type of the values
 */
public final class Channel<T> extends MeetingPoint implements SendChannel<T>, ReceiveChannel<T> {

    static final String NO_NULL = "a channel takes no null: null says that it is closed";

    private static final Received<?> CLOSED = new Received.Closed<>();
    private static final Received<?> LATE = new Received.Late<>();
    private static final Received<?> EMPTY = new Received.Empty<>();

    private final boolean nil;

    // guarded by the lock
    private final @Nullable Object[] ring;
    private int first;
    private int size;

    /**
     * A send on a channel that is closed, or was closed while the sender waited: the value was not delivered. Or a
     * close of a channel that is closed already: two parties believe that they own it.
     */
    public static final class ClosedException extends IllegalStateException {
        private ClosedException(String message) {
            super(message);
        }
    }

    private Channel(int capacity, boolean nil) {
        this.ring = new Object[capacity];
        this.nil = nil;
    }

    /** A channel without a buffer: a rendezvous. */
    public static <T> Channel<T> unbuffered() {
        return new Channel<>(0, false);
    }

    /**
     * A channel with a buffer.
     *
     * @param capacity how many values it holds; 0 makes it unbuffered
     */
    public static <T> Channel<T> buffered(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("a channel's capacity is 0 or more, not " + capacity);
        }
        return new Channel<>(capacity, false);
    }

    /**
     * A new nil channel: sends and receives on it block until interrupted, in a select it is never ready, and it cannot
     * be closed.
     */
    public static <T> Channel<T> nil() {
        return new Channel<>(0, true);
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
            return sendNow(value);
        } finally {
            unlock();
        }
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

    /** How many values are in the buffer. */
    public int size() {
        lock();
        try {
            return size;
        } finally {
            unlock();
        }
    }

    /** How many values the buffer holds at most; 0 for an unbuffered channel. */
    public int capacity() {
        return ring.length;
    }

    /** Whether it is closed; values may still be in the buffer. */
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

    /** How many sends wait, select clauses included. */
    public int waitingSenders() {
        lock();
        try {
            return sending();
        } finally {
            unlock();
        }
    }

    /** How many receives wait, select clauses included. */
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
        lock();
        try {
            return "channel " + id + " (" + size + " of " + ring.length + (closedNow() ? ", closed" : "") + ", "
                    + sending() + " sending, " + receiving() + " receiving)";
        } finally {
            unlock();
        }
    }

    // The steps below run under the lock.

    @Override
    protected boolean sendNow(Object value) {
        if (nil) {
            return false;
        }
        if (closedNow()) {
            throw sendOnClosed();
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
