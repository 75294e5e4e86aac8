package org.leaklab.pattern;

import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;

/**
 * Where a part of a pattern sends its values. Behind it is a channel whose waits end with the pattern, so the sender
 * does not have to pass a context. Safe for use by any number of threads.
 *
 * @param <T> type of the values
 */
public sealed interface Sink<T> permits Joint {

    /**
     * Sends a value. Waits until there is room for it. In this way a slow receiver holds back a fast sender.
     *
     * @throws CancelledException if the pattern is cancelled, another part of it has failed, or its consumer has left;
     *     the value is not sent
     * @throws InterruptedException if the current thread is interrupted first; the value is not sent
     * @throws NullPointerException if the value is null
     */
    void send(T value) throws InterruptedException;

    /**
     * The context of the pattern, for other waits of the sender. It is done when {@link #send} would throw a
     * {@link CancelledException}.
     */
    Context context();
}
