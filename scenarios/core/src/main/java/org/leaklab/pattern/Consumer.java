package org.leaklab.pattern;

/**
 * Receives the results of a stream, on the thread that runs the pattern.
 *
 * <p>That thread belongs to the caller, so the pattern does not interrupt it. If the consumer waits for anything other
 * than the next value, it should wait under the {@linkplain Source#context() context} of the source.
 *
 * @param <T> type of the values
 * @param <R> type of the result
 * @param <X> type of exception that it may throw
 */
@FunctionalInterface
public interface Consumer<T, R, X extends Exception> {
    /** Receives as many values as it needs. When it returns or throws, the stream ends. */
    R consume(Source<T> in) throws InterruptedException, X;
}
