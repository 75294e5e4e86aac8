package org.leaklab.pattern;

import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.ReceiveChannel;

/**
 * Where a part of a pattern receives its values: a channel whose waits end with the pattern, so that nobody can forget
 * the context.
 *
 * @param <T> type of the values
 */
public sealed interface Source<T> permits Joint {

    /**
     * Receives a value. Waits until there is one or no more can come.
     *
     * @return the value, or null when all values have been received
     * @throws CancelledException if the pattern is cancelled, or another part of it failed
     * @throws InterruptedException if interrupted first; then none was taken
     */
    @Nullable
    T receive() throws InterruptedException;

    /**
     * The context of the pattern, for other waits of the receiver: done when the pattern is cancelled or another part
     * of it failed.
     */
    Context context();

    /**
     * Receives all values that are left.
     *
     * @throws CancelledException if the pattern is cancelled, or another part of it failed
     * @throws InterruptedException if interrupted while waiting for a value
     * @throws X what the action throws
     */
    default <X extends Exception> void forEach(ReceiveChannel.Action<? super T, X> action)
            throws InterruptedException, X {
        for (T value; (value = receive()) != null; ) {
            action.accept(value);
        }
    }
}
