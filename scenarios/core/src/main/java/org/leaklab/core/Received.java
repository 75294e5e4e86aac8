package org.leaklab.core;

/**
 * What came of a receive that may give up: a value, or why there is none.
 *
 * <pre>{@code
 * switch (orders.receive(Duration.ofSeconds(1))) {
 *     case Value(Order order) -> ship(order);
 *     case Closed() -> leave();
 *     default -> lookElsewhere(); // late
 * }
 *
 * while (orders.tryReceive() instanceof Value(Order order)) {
 *     ship(order);
 * }
 * }</pre>
 *
 * <p>A receive that waits for as long as it takes has no need of this: it returns the value, and null for closed.
 *
 * @param <T> type of the value
 */
public sealed interface Received<T> {

    /**
     * A value was received.
     *
     * @param value the value; never null
     */
    record Value<T>(T value) implements Received<T> {}

    /** The channel is closed and all its values have been received: none will ever come again. */
    record Closed<T>() implements Received<T> {}

    /** No value came in the time of {@link ReceiveChannel#receive(java.time.Duration)}; one may still come. */
    record Late<T>() implements Received<T> {}

    /** {@link ReceiveChannel#tryReceive()} found no value; one may still come. */
    record Empty<T>() implements Received<T> {}
}
