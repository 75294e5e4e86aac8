package org.leaklab.pattern;

/**
 * What is done to one value of a stream.
 *
 * @param <A> type of what comes in
 * @param <B> type of what goes out
 */
@FunctionalInterface
public interface Step<A, B> {
    /** Runs on a thread of the pattern; a failure ends the whole stream. */
    B apply(A value) throws Exception;
}
