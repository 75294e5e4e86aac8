package org.leaklab.pattern;

/**
 * Makes the values of a stream, on a thread of its own.
 *
 * @param <T> type of the values
 */
@FunctionalInterface
public interface Producer<T> {
    /** Sends all values, and returns when there are no more. May go on for ever: the consumer's leaving ends it. */
    void produce(Sink<T> out) throws Exception;

    /** Sends what an iterable gives, and draws the next value only when the one before is sent. */
    static <T> Producer<T> of(Iterable<? extends T> values) {
        return out -> {
            for (T value : values) {
                out.send(value);
            }
        };
    }
}
