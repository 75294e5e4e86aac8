package org.leaklab.pattern;

import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.ReceiveChannel;

/**
 * Where a part of a pattern receives its values. Behind it is a channel whose waits end with the pattern, so the
 * receiver does not have to pass a context. Safe for use by any number of threads.
 *
 * @param <T> type of the values
 */
public sealed interface Source<T> permits Joint {

    /**
     * Receives a value. Waits until a value comes or no more can come.
     *
     * @return the value, or null if all values have been received
     * @throws CancelledException if the pattern is cancelled, another part of it has failed, or its consumer has left;
     *     no value is taken
     * @throws InterruptedException if the current thread is interrupted first; no value is taken
     */
    @Nullable
    T receive() throws InterruptedException;

    /**
     * The context of the pattern, for other waits of the receiver. It is done when the pattern is cancelled, another
     * part of it has failed, or its consumer has left.
     */
    Context context();

    /**
     * Receives all values that are left, and calls the action with each, on the calling thread.
     *
     * @throws CancelledException if the pattern is cancelled, another part of it has failed, or its consumer has left
     * @throws InterruptedException if the current thread is interrupted while it waits for a value, or if the action
     *     throws it
     * @throws X if the action throws it
     */
    default <X extends Exception> void forEach(ReceiveChannel.Action<? super T, X> action)
            throws InterruptedException, X {
        for (T value; (value = receive()) != null; ) {
            action.accept(value);
        }
    }
}
