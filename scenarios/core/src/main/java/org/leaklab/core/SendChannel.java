package org.leaklab.core;

import java.time.Duration;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.Context.CancelledException;

/** The sending side of a {@link Channel}. */
public sealed interface SendChannel<T> permits Channel {

    /**
     * Sends a value. Waits until a receiver takes it or there is room in the buffer.
     *
     * @throws ClosedException if the channel is closed, or gets closed while this waits
     * @throws InterruptedException if interrupted before the value was taken; then it was not sent
     */
    void send(T value) throws InterruptedException;

    /**
     * Sends a value unless the context is done first.
     *
     * @throws CancelledException if the context is done before the value was taken; then it was not sent
     * @throws ClosedException if the channel is closed, or gets closed while this waits
     * @throws InterruptedException if interrupted before the value was taken; then it was not sent
     */
    void send(Context context, T value) throws InterruptedException;

    /**
     * Sends a value if that can be done within a time.
     *
     * @return whether it was sent
     * @throws ClosedException if the channel is closed, or gets closed while this waits
     * @throws InterruptedException if interrupted before the value was taken; then it was not sent
     */
    boolean send(T value, Duration timeout) throws InterruptedException;

    /**
     * Sends a value if a receiver waits or there is room in the buffer; never waits.
     *
     * @return whether it was sent
     * @throws ClosedException if the channel is closed
     */
    boolean trySend(T value);

    /**
     * Closes the channel: what is in the buffer can still be received, after that receivers get null at once. Receivers
     * that wait are woken with null, senders that wait with a {@link ClosedException}.
     *
     * @throws ClosedException if it is closed already
     */
    void close();
}
