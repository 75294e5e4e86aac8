package org.leaklab.pattern;

/**
 * Receives the results of a stream, on the thread that runs the pattern.
 *
 * <p>That thread belongs to the caller, so the pattern does not interrupt it: where the consumer waits for something
 * else than the next value, it should do so under the {@linkplain Source#context() context} of the source.
 *
 * @param <T> type of the values
 * @param <R> type of what it makes of them
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface Consumer<T, R, X extends Exception> {
    /** Receives as many values as it likes; its return ends the stream. */
    R consume(Source<T> in) throws InterruptedException, X;
}
