package org.leaklab.core;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.wait.Nanos;
import org.leaklab.core.wait.Selection;

/**
 * Waits for the first of several things: sends, receives, a context, a timeout; or takes a default when none is ready.
 *
 * <pre>{@code
 * String next = new Select<String>()
 *         .onReceive(results, value -> value)
 *         .onDone(context, () -> "cancelled")
 *         .onTimeout(Duration.ofSeconds(1), () -> "late")
 *         .run();
 * }</pre>
 *
 * <p>Exactly one clause takes effect. Of several that are ready one is chosen at random, each with the same
 * probability. The clause's handler runs on the calling thread after the choice, without any lock. A select without
 * clauses blocks until interrupted.
 *
 * <p>Not safe for use by several threads, but may be run again and again by one.
 *
 * @param <R> type of what the handlers return
 */
public final class Select<R> extends Selection<R> {

    private @Nullable Supplier<? extends R> otherwise;
    private @Nullable Handler<? extends R> late;
    private long nanos = Nanos.FOR_EVER;

    /** What to do after a clause without a value took effect. */
    @FunctionalInterface
    public interface Handler<R> {
        /** Runs on the selecting thread. */
        R run() throws InterruptedException;
    }

    /** What to do with a received value. */
    @FunctionalInterface
    public interface ReceiveHandler<T, R> {
        /** Runs on the selecting thread; the value is null when the channel is closed and drained. */
        R run(@Nullable T value) throws InterruptedException;
    }

    private static final class Sending<T, R> extends Clause<R> {
        private final Supplier<? extends T> value;
        private final Handler<? extends R> handler;

        Sending(Channel<T> channel, Supplier<? extends T> value, Handler<? extends R> handler) {
            super(channel, true);
            this.value = value;
            this.handler = Objects.requireNonNull(handler);
        }

        @Override
        protected Object next() {
            return Objects.requireNonNull(value.get(), Channel.NO_NULL);
        }

        @Override
        protected R handle(@Nullable Object sent) throws InterruptedException {
            return handler.run();
        }
    }

    private static final class Receiving<T, R> extends Clause<R> {
        private final ReceiveHandler<? super T, ? extends R> handler;

        Receiving(Channel<T> channel, ReceiveHandler<? super T, ? extends R> handler) {
            super(channel, false);
            this.handler = Objects.requireNonNull(handler);
        }

        @Override
        @SuppressWarnings("unchecked") // the value came out of a Channel<T>
        protected R handle(@Nullable Object received) throws InterruptedException {
            return handler.run((T) received);
        }
    }

    /** Receives a value; ready as well, with null, when the channel is closed and drained. */
    public <T> Select<R> onReceive(ReceiveChannel<T> channel, ReceiveHandler<? super T, ? extends R> handler) {
        add(new Receiving<>((Channel<T>) channel, handler));
        return this;
    }

    /** Sends a value. If the channel is closed, the select throws {@link ClosedException}. */
    public <T> Select<R> onSend(SendChannel<T> channel, T value, Handler<? extends R> handler) {
        return onSendOf(channel, () -> value, handler);
    }

    /** Sends a value that is computed anew in each {@link #run}, whether or not it will be sent. */
    public <T> Select<R> onSendOf(SendChannel<T> channel, Supplier<? extends T> value, Handler<? extends R> handler) {
        add(new Sending<>((Channel<T>) channel, value, handler));
        return this;
    }

    /** Waits for a context to be done: cancelled or past its deadline. */
    public Select<R> onDone(Context context, Handler<? extends R> handler) {
        Objects.requireNonNull(handler);
        addRare(new Receiving<>((Channel<Void>) context.done(), ignored -> handler.run()));
        return this;
    }

    /** Gives up after a time; zero or negative: at once when nothing is ready. At most one. */
    public Select<R> onTimeout(Duration timeout, Handler<? extends R> handler) {
        if (late != null) {
            throw new IllegalStateException("a select has at most one timeout");
        }
        late = handler;
        nanos = Nanos.of(timeout);
        return this;
    }

    /** What to do when nothing is ready, instead of waiting. At most one. */
    public Select<R> orElse(Supplier<? extends R> handler) {
        if (otherwise != null) {
            throw new IllegalStateException("a select has at most one default");
        }
        otherwise = handler;
        return this;
    }

    /**
     * Waits until one clause takes effect and runs its handler.
     *
     * @return what the handler returned
     * @throws ClosedException if a channel to send on is closed, or gets closed while this waits
     * @throws InterruptedException if interrupted before a clause took effect; then none did
     */
    public R run() throws InterruptedException {
        return choose();
    }

    @Override
    protected long patience() {
        return otherwise == null ? nanos : 0;
    }

    @Override
    protected R late() throws InterruptedException {
        return otherwise == null ? late.run() : otherwise.get();
    }
}
