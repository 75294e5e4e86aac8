package org.leaklab.stress;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Received;
import org.leaklab.core.Received.Closed;
import org.leaklab.core.Received.Empty;
import org.leaklab.core.Received.Late;
import org.leaklab.core.Received.Value;

/** Operations whose end is a number, as outcomes need it. */
public final class Attempt {

    /** It did not take effect, or there was no value. */
    public static final int NO = 0;

    /** It took effect. */
    public static final int YES = 1;

    /** It threw what a closed channel or a cancelled context throws. */
    public static final int REFUSED = 2;

    /** It was interrupted. */
    public static final int INTERRUPTED = 3;

    /** It waited for longer than {@link #PATIENCE}: its wake-up was lost. */
    public static final int STUCK = -1;

    /** Longer than any machine holds up a thread that was woken. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** As long as the other actor takes, about; so that it is open who comes first. */
    public static final Duration BRIEF = Duration.ofNanos(2_000);

    private Attempt() {}

    /** There was no value, and none will ever come. */
    public static final int CLOSED = -2;

    /** An operation that returns when it has taken effect. */
    @FunctionalInterface
    public interface Action {
        /** Does it. */
        void run() throws Exception;
    }

    /** {@link #YES} if it returned. */
    public static int done(Action action) {
        return value(() -> {
            action.run();
            return YES;
        });
    }

    /** {@link #YES} or {@link #NO}, as it returned. */
    public static int ok(Callable<Boolean> operation) {
        return value(() -> operation.call() ? YES : NO);
    }

    /** The value that it received; {@link #CLOSED}, or {@link #NO} for late and empty. */
    public static int received(Callable<Received<Integer>> operation) {
        return value(() -> switch (operation.call()) {
            case Value<Integer> value -> value.value();
            case Closed<Integer> nothing -> CLOSED;
            case Late<Integer> nothing -> NO;
            case Empty<Integer> nothing -> NO;
        });
    }

    /** What it returned; {@link #NO} for null. */
    public static int value(Callable<@Nullable Integer> operation) {
        try {
            Integer value = operation.call();
            return value == null ? NO : value;
        } catch (ClosedException | CancelledException e) {
            return REFUSED;
        } catch (InterruptedException e) {
            return INTERRUPTED;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
