package org.leaklab.pattern;

/**
 * Makes the values of a stream, on a thread of its own.
 *
 * @param <T> type of the values
 */
@FunctionalInterface
public interface Producer<T> {
    /**
     * Sends all values, and returns when there are no more. It may send without end: when the consumer has left, the
     * next send throws. A failure ends the whole stream.
     */
    void produce(Sink<T> out) throws Exception;

    /**
     * A producer that sends the values of an iterable. It asks the iterable for the next value only when the one before
     * is sent. It asks on its own thread.
     */
    static <T> Producer<T> of(Iterable<? extends T> values) {
        return out -> {
            for (T value : values) {
                out.send(value);
            }
        };
    }
}
