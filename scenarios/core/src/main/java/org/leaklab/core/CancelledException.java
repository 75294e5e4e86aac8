package org.leaklab.core;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Context} was cancelled while, or before, something ran under it. The cause is what it was cancelled with.
 */
public class CancelledException extends CancellationException {
    @SuppressWarnings("this-escape")
    CancelledException(String message, @Nullable Throwable cause) {
        super(message);
        if (cause != null) {
            initCause(cause);
        }
    }
}
