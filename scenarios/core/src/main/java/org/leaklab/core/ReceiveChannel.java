package org.leaklab.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context.CancelledException;

/**
 * The receiving side of a {@link Channel}. Safe for use by any number of threads.
 *
 * <p>A receive without a timeout returns the value. It returns null only when the channel is closed and drained, which
 * means that no value is left in its buffer. A receive that may give up returns a {@link Received}, which says whether
 * the channel is closed, the time ran out or no value was there.
 *
 * @param <T> type of the values
 */
public sealed interface ReceiveChannel<T> permits Channel {

    /**
     * Receives a value. Waits until a value comes or the channel is closed, unless the current thread is interrupted.
     *
     * @return the value, or null if the channel is closed and drained
     * @throws InterruptedException if the current thread is interrupted before a value comes; no value is taken
     */
    @Nullable
    T receive() throws InterruptedException;

    /**
     * Receives a value. Waits until a value comes or the channel is closed, unless the context is done or the current
     * thread is interrupted.
     *
     * @return the value, or null if the channel is closed and drained
     * @throws CancelledException if the context is done first; no value is taken
     * @throws InterruptedException if the current thread is interrupted before a value comes; no value is taken
     */
    @Nullable
    T receive(Context context) throws InterruptedException;

    /**
     * Receives a value. Waits at most as long as the timeout until a value comes or the channel is closed.
     *
     * <p>A closed channel answers at once, even with a timeout of zero: first with the values that are left, then with
     * {@link Received.Closed}. If the time runs out at the moment of the close, the result is {@link Received.Late} or
     * {@link Received.Closed}, and the next receive returns {@link Received.Closed}.
     *
     * @return {@link Received.Value}, {@link Received.Closed} if the channel is closed and drained, or
     *     {@link Received.Late} if the time ran out
     * @throws InterruptedException if the current thread is interrupted before a value comes; no value is taken
     */
    Received<T> receive(Duration timeout) throws InterruptedException;

    /**
     * Receives a value if one is there. Never waits.
     *
     * @return {@link Received.Value}, {@link Received.Closed} if the channel is closed and drained, or
     *     {@link Received.Empty} if no value is there
     */
    Received<T> tryReceive();

    /** Whether the channel is closed and its buffer is empty. Then no value will ever come again. */
    boolean isDrained();

    /**
     * Receives every value and calls the action with it, on the calling thread, until the channel is closed and
     * drained.
     *
     * @throws InterruptedException if the current thread is interrupted while it waits for a value, or if the action
     *     throws it
     * @throws X if the action throws it
     */
    default <X extends Exception> void forEach(Action<? super T, X> action) throws InterruptedException, X {
        for (T value; (value = receive()) != null; ) {
            action.accept(value);
        }
    }

    /**
     * Receives every value and calls the action with it, on the calling thread, until the channel is closed and drained
     * or the context is done. The context does not end a call of the action.
     *
     * @throws CancelledException if the context is done first
     * @throws InterruptedException if the current thread is interrupted while it waits for a value, or if the action
     *     throws it
     * @throws X if the action throws it
     */
    default <X extends Exception> void forEach(Context context, Action<? super T, X> action)
            throws InterruptedException, X {
        for (T value; (value = receive(context)) != null; ) {
            action.accept(value);
        }
    }

    /**
     * What {@link ReceiveChannel#forEach} does with each value.
     *
     * @param <T> type of the values
     * @param <X> type of exception that the action may throw
     */
    @FunctionalInterface
    interface Action<T, X extends Exception> {
        /** Takes one value. */
        void accept(T value) throws InterruptedException, X;
    }
}
