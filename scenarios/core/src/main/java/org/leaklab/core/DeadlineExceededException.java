package org.leaklab.core;

import org.jspecify.annotations.Nullable;

/** The deadline of a {@link Context} has passed. */
public final class DeadlineExceededException extends CancelledException {
    DeadlineExceededException(@Nullable Throwable cause) {
        super("deadline exceeded: the work did not end in the time it was given", cause);
    }
}
