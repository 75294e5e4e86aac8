package org.leaklab.core;

/**
 * The result of a receive that may give up: a value, or the reason why there is none.
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
 * <p>A receive without a timeout does not use this type: it returns the value, or null if the channel is closed and
 * drained.
 *
 * @param <T> type of the value
 */
public sealed interface Received<T> {

    /**
     * The receive took a value.
     *
     * @param value the value; never null
     */
    record Value<T>(T value) implements Received<T> {}

    /** The channel is closed and all its values have been received. No value will ever come again. */
    record Closed<T>() implements Received<T> {}

    /**
     * The timeout of {@link ReceiveChannel#receive(java.time.Duration)} ran out before a value came. A value may still
     * come.
     */
    record Late<T>() implements Received<T> {}

    /** {@link ReceiveChannel#tryReceive()} found no value. A value may still come. */
    record Empty<T>() implements Received<T> {}
}
