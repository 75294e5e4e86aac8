package org.leaklab.pattern;

import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;

/**
 * Where a part of a pattern sends its values: a bounded channel whose waits end with the pattern, so that nobody can
 * forget the context.
 *
 * @param <T> type of the values
 */
public sealed interface Sink<T> permits Joint {

    /**
     * Sends a value. Waits until there is room for it, which is how a slow receiver holds back a fast sender.
     *
     * @throws CancelledException if the pattern is cancelled, another part of it failed, or its consumer has left
     * @throws InterruptedException if interrupted first; then it was not sent
     */
    void send(T value) throws InterruptedException;

    /** The context of the pattern, for other waits of the sender: done when {@link #send} would throw. */
    Context context();
}
