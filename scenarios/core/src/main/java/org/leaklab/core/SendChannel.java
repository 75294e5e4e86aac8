package org.leaklab.core;

import java.time.Duration;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.Context.CancelledException;

/**
 * The sending side of a {@link Channel}. Safe for use by any number of threads.
 *
 * @param <T> type of the values
 */
public sealed interface SendChannel<T> permits Channel {

    /**
     * Sends a value. Waits until a receiver takes the value or the buffer has room, unless the channel is closed or the
     * current thread is interrupted.
     *
     * @throws ClosedException if the channel is closed, or is closed during the wait; the value is not sent
     * @throws InterruptedException if the current thread is interrupted before the value is taken; the value is not
     *     sent
     * @throws NullPointerException if the value is null
     */
    void send(T value) throws InterruptedException;

    /**
     * Sends a value. Waits until a receiver takes the value or the buffer has room, unless the context is done, the
     * channel is closed or the current thread is interrupted.
     *
     * @throws CancelledException if the context is done before the value is taken; the value is not sent
     * @throws ClosedException if the channel is closed, or is closed during the wait; the value is not sent
     * @throws InterruptedException if the current thread is interrupted before the value is taken; the value is not
     *     sent
     * @throws NullPointerException if the value is null
     */
    void send(Context context, T value) throws InterruptedException;

    /**
     * Sends a value. Waits at most as long as the timeout until a receiver takes the value or the buffer has room.
     *
     * @return true if the value was sent, false if the time ran out
     * @throws ClosedException if the channel is closed, or is closed during the wait; the value is not sent
     * @throws InterruptedException if the current thread is interrupted before the value is taken; the value is not
     *     sent
     * @throws NullPointerException if the value is null
     */
    boolean send(T value, Duration timeout) throws InterruptedException;

    /**
     * Sends a value if a receiver waits or the buffer has room. Never waits.
     *
     * @return whether the value was sent
     * @throws ClosedException if the channel is closed
     * @throws NullPointerException if the value is null
     */
    boolean trySend(T value);

    /**
     * Closes the channel. Never waits.
     *
     * <p>Receivers can still take the values that are in the buffer. After that, each receive returns at once, with
     * null or {@link Received.Closed}. Receivers that wait now are woken in the same way. Senders that wait now are
     * woken and throw {@link ClosedException}.
     *
     * @throws ClosedException if the channel is closed already
     * @throws IllegalStateException if the channel is {@linkplain Channel#nil() nil}
     */
    void close();
}
