package org.leaklab.pattern;

/**
 * Makes a new value from one value of a stream.
 *
 * @param <A> type of the value that comes in
 * @param <B> type of the value that goes out
 */
@FunctionalInterface
public interface Step<A, B> {
    /** Runs on a thread of the pattern. A failure ends the whole stream. */
    B apply(A value) throws Exception;
}
