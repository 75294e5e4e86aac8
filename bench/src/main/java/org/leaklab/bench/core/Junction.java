package org.leaklab.bench.core;

import com.softwaremill.jox.SelectClause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Select;

/**
 * Where one receiver waits for the first of several things, by a select: one adapter for each implementation.
 *
 * <p>{@code leaklab} builds its select once and runs it again and again, and {@code jox} its clauses, as either's
 * documentation allows. {@code leaklab-new-select} builds a select for every value, as code does that is not in a loop.
 */
interface Junction {

    /** Sends through one of the channels that values come in by. */
    void send(int door, Integer value) throws InterruptedException;

    /** Waits for a value from any of them. */
    Integer receive() throws InterruptedException;

    /** Selects on two channels that values come in by. */
    static Junction ofTwo(String implementation, int capacity) {
        if (implementation.equals("jox")) {
            var first = com.softwaremill.jox.Channel.<Integer>newBufferedChannel(capacity);
            var second = com.softwaremill.jox.Channel.<Integer>newBufferedChannel(capacity);
            return new JoxJunction(List.of(first, second), selecting(first.receiveClause(), second.receiveClause()));
        }
        Channel<Integer> first = Channel.buffered(capacity);
        Channel<Integer> second = Channel.buffered(capacity);
        return leaklab(
                implementation,
                List.of(first, second),
                () -> new Select<Integer>().onReceive(first, value -> value).onReceive(second, value -> value));
    }

    /**
     * Selects on one channel that values come in by, and on a cancellation that never comes: a context, or for jox,
     * which has none, a channel that is never closed.
     */
    static Junction dataOrDone(String implementation, int capacity) {
        if (implementation.equals("jox")) {
            var data = com.softwaremill.jox.Channel.<Integer>newBufferedChannel(capacity);
            var done = com.softwaremill.jox.Channel.<Integer>newRendezvousChannel();
            return new JoxJunction(List.of(data), selecting(done.receiveClause(), data.receiveClause()));
        }
        Channel<Integer> data = Channel.buffered(capacity);
        Context context = Context.background().withCancel();
        return leaklab(
                implementation,
                List.of(data),
                () -> new Select<Integer>().onDone(context, () -> 0).onReceive(data, value -> value));
    }

    /** Selects on one channel that values come in by, with a timeout that never passes. */
    static Junction withTimeout(String implementation, int capacity) {
        Duration timeout = Duration.ofMinutes(10);
        if (implementation.equals("jox")) {
            var data = com.softwaremill.jox.Channel.<Integer>newBufferedChannel(capacity);
            SelectClause<Integer> clause = data.receiveClause();
            return new JoxJunction(List.of(data), () -> {
                try {
                    return com.softwaremill.jox.Select.selectWithin(timeout, clause);
                } catch (TimeoutException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        Channel<Integer> data = Channel.buffered(capacity);
        return leaklab(
                implementation,
                List.of(data),
                () -> new Select<Integer>().onReceive(data, value -> value).onTimeout(timeout, () -> 0));
    }

    private static Junction leaklab(
            String implementation, List<Channel<Integer>> doors, Supplier<Select<Integer>> selects) {
        return switch (implementation) {
            case "leaklab" -> {
                Select<Integer> once = selects.get();
                yield new LeaklabJunction(doors, () -> once);
            }
            case "leaklab-new-select" -> new LeaklabJunction(doors, selects);
            default -> throw new IllegalArgumentException("no select of " + implementation);
        };
    }

    private static Receiver selecting(SelectClause<Integer> first, SelectClause<Integer> second) {
        return () -> com.softwaremill.jox.Select.select(first, second);
    }

    /** A way to wait for a value. */
    @FunctionalInterface
    interface Receiver {
        Integer receive() throws InterruptedException;
    }

    /** Channels and a select of leaklab. */
    record LeaklabJunction(List<Channel<Integer>> doors, Supplier<Select<Integer>> selects) implements Junction {
        @Override
        public void send(int door, Integer value) throws InterruptedException {
            doors.get(door).send(value);
        }

        @Override
        public Integer receive() throws InterruptedException {
            return selects.get().run();
        }
    }

    /** Channels and a select of jox. */
    record JoxJunction(List<com.softwaremill.jox.Channel<Integer>> doors, Receiver receiver) implements Junction {
        @Override
        public void send(int door, Integer value) throws InterruptedException {
            doors.get(door).send(value);
        }

        @Override
        public Integer receive() throws InterruptedException {
            return receiver.receive();
        }
    }
}
