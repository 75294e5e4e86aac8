package org.leaklab.pattern;

import org.leaklab.core.Context;

/**
 * A task with a result.
 *
 * @param <T> type of the result
 */
@FunctionalInterface
public interface Work<T> {
    /** Runs on a thread of the pattern. It should end when the context is done or the thread is interrupted. */
    T run(Context context) throws Exception;
}
