package org.leaklab.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context.CancelledException;

/** The receiving side of a {@link Channel}. */
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
     * @return the value, or null when none came in time or the channel is {@linkplain #isDrained() drained}
     * @throws InterruptedException if interrupted before a value came; then none was taken
     */
    @Nullable
    T receive(Duration timeout) throws InterruptedException;

    /**
     * Receives a value if there is one; never waits.
     *
     * @return the value, or null when there is none now or the channel is {@linkplain #isDrained() drained}
     */
    @Nullable
    T tryReceive();

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
