package org.leaklab.core;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Launcher} refused to start one more thread: its limit was reached, or the system had none left to give.
 *
 * <p>The clear counterpart of {@code OutOfMemoryError: unable to create native thread}, and of a process killed for its
 * memory.
 */
public final class ThreadLimitException extends RejectedExecutionException {
    ThreadLimitException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
