package org.leaklab.core;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.wait.Nanos;
import org.leaklab.core.wait.Selection;

/**
 * Waits for the first of several events: a send, a receive, the end of a context, a timeout. With a default it does not
 * wait: it takes the default if no clause is ready.
 *
 * <pre>{@code
 * String next = new Select<String>()
 *         .onReceive(results, value -> value)
 *         .onDone(context, () -> "cancelled")
 *         .onTimeout(Duration.ofSeconds(1), () -> "late")
 *         .run();
 * }</pre>
 *
 * <p>Exactly one clause takes effect. If several clauses are ready, the select chooses one at random; each has the same
 * probability. The calling thread then runs the handler of that clause, without any lock. A select without clauses,
 * timeout and default waits until the thread is interrupted.
 *
 * <p>Not safe for use by several threads at a time. One thread may run it again and again.
 *
 * @param <R> type of the handlers' results
 */
public final class Select<R> extends Selection<R> {

    private @Nullable Supplier<? extends R> otherwise;
    private @Nullable Handler<? extends R> late;
    private long nanos = Nanos.FOR_EVER;

    /**
     * What to do after a clause without a value has taken effect.
     *
     * @param <R> type of the result
     */
    @FunctionalInterface
    public interface Handler<R> {
        /** Runs on the selecting thread. */
        R run() throws InterruptedException;
    }

    /**
     * What to do with a received value.
     *
     * @param <T> type of the value
     * @param <R> type of the result
     */
    @FunctionalInterface
    public interface ReceiveHandler<T, R> {
        /** Runs on the selecting thread. The value is null if the channel is closed and drained. */
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

    /**
     * Adds a clause that receives a value. The clause is also ready when the channel is closed and drained; then the
     * handler gets null.
     */
    public <T> Select<R> onReceive(ReceiveChannel<T> channel, ReceiveHandler<? super T, ? extends R> handler) {
        add(new Receiving<>((Channel<T>) channel, handler));
        return this;
    }

    /**
     * Adds a clause that sends a value. On a closed channel the clause counts as ready; if the select chooses it,
     * {@link #run} throws {@link ClosedException}. If the value is null, {@link #run} throws
     * {@link NullPointerException}.
     */
    public <T> Select<R> onSend(SendChannel<T> channel, T value, Handler<? extends R> handler) {
        return onSendOf(channel, () -> value, handler);
    }

    /**
     * Adds a clause that sends a computed value. Each {@link #run} computes the value anew, on the calling thread,
     * before it looks at any channel. The value is lost if another clause takes effect. On a closed channel the clause
     * counts as ready; if the select chooses it, {@link #run} throws {@link ClosedException}. If the value is null,
     * {@link #run} throws {@link NullPointerException}.
     */
    public <T> Select<R> onSendOf(SendChannel<T> channel, Supplier<? extends T> value, Handler<? extends R> handler) {
        add(new Sending<>((Channel<T>) channel, value, handler));
        return this;
    }

    /**
     * Adds a clause that is ready when the context is done: cancelled or past its deadline. For the background the
     * clause is never ready.
     */
    public Select<R> onDone(Context context, Handler<? extends R> handler) {
        Objects.requireNonNull(handler);
        addRare(new Receiving<>((Channel<Void>) context.done(), ignored -> handler.run()));
        return this;
    }

    /**
     * Sets how long {@link #run} waits at most, and what it does then. With zero or less it does not wait: the handler
     * runs if no clause is ready. A default takes precedence over a timeout.
     *
     * @throws IllegalStateException if the select has a timeout already
     */
    public Select<R> onTimeout(Duration timeout, Handler<? extends R> handler) {
        if (late != null) {
            throw new IllegalStateException("a select has at most one timeout");
        }
        late = handler;
        nanos = Nanos.of(timeout);
        return this;
    }

    /**
     * Sets the default: what {@link #run} does, instead of waiting, if no clause is ready.
     *
     * @throws IllegalStateException if the select has a default already
     */
    public Select<R> orElse(Supplier<? extends R> handler) {
        if (otherwise != null) {
            throw new IllegalStateException("a select has at most one default");
        }
        otherwise = handler;
        return this;
    }

    /**
     * Waits until one clause takes effect, and runs its handler. With a timeout it waits no longer than that, and with
     * a default it does not wait.
     *
     * @return what the handler returned
     * @throws ClosedException if the chosen clause sends on a closed channel, or if a channel of a send clause is
     *     closed during the wait
     * @throws InterruptedException if the current thread is interrupted before a clause takes effect, and then none
     *     takes effect; or if the handler throws it
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
