package org.leaklab.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context.CancelledException;

/**
 * The receiving side of a {@link Channel}.
 *
 * <p>A receive that waits for as long as it takes returns the value, and null for one thing only: the channel is closed
 * and drained. A receive that may give up returns a {@link Received}, which tells closed from late and from empty.
 */
public sealed interface ReceiveChannel<T> permits Channel {

    /**
     * Receives a value. Waits until there is one or the channel is closed.
     *
     * @return the value, or null when the channel is closed and drained
     * @throws InterruptedException if interrupted before a value came; then none was taken
     */
    @Nullable
    T receive() throws InterruptedException;

    /**
     * Receives a value unless the context is done first.
     *
     * @return the value, or null when the channel is closed and drained
     * @throws CancelledException if the context is done first; then no value was taken
     * @throws InterruptedException if interrupted before a value came; then none was taken
     */
    @Nullable
    T receive(Context context) throws InterruptedException;

    /**
     * Receives a value if one comes within a time.
     *
     * <p>A channel that is closed answers at once, also with a time of zero: with the values that are left, then with
     * {@link Received.Closed}. When the end of the time and a close meet, the first of the two decides, and the next
     * receive says {@link Received.Closed}.
     *
     * @return {@link Received.Value}, {@link Received.Closed} when the channel is closed and drained, or
     *     {@link Received.Late}
     * @throws InterruptedException if interrupted before a value came; then none was taken
     */
    Received<T> receive(Duration timeout) throws InterruptedException;

    /**
     * Receives a value if there is one; never waits.
     *
     * @return {@link Received.Value}, {@link Received.Closed} when the channel is closed and drained, or
     *     {@link Received.Empty}
     */
    Received<T> tryReceive();

    /** Whether the channel is closed and empty, so that no value will ever come again. */
    boolean isDrained();

    /**
     * Receives every value until the channel is closed and drained.
     *
     * @throws InterruptedException if interrupted while waiting for a value
     * @throws X what the action throws
     */
    default <X extends Exception> void forEach(Action<? super T, X> action) throws InterruptedException, X {
        for (T value; (value = receive()) != null; ) {
            action.accept(value);
        }
    }

    /**
     * Receives every value until the channel is closed and drained, or the context is done.
     *
     * @throws CancelledException if the context is done first
     * @throws InterruptedException if interrupted while waiting for a value
     * @throws X what the action throws
     */
    default <X extends Exception> void forEach(Context context, Action<? super T, X> action)
            throws InterruptedException, X {
        for (T value; (value = receive(context)) != null; ) {
            action.accept(value);
        }
    }

    /** What to do with a received value. */
    @FunctionalInterface
    interface Action<T, X extends Exception> {
        /** Takes a value. */
        void accept(T value) throws InterruptedException, X;
    }
}
