package org.leaklab.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.pattern.Step;

/**
 * One observed run of a pattern. The run's own launcher also starts the caller, so the observer sees all threads that
 * take part.
 */
final class PatternRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long STILL_NANOS = 100_000_000;
    private static final long LOOK_MILLIS = 1;

    private final Launcher threads;
    private final Context context = Context.background().withCancel();
    private final AtomicInteger drawn = new AtomicInteger();
    private final Launched caller;
    private volatile List<Integer> results = List.of();
    private volatile @Nullable Throwable failure;

    PatternRun(
            ThreadKind kind,
            PatternTable.Subject subject,
            int items,
            Step<Integer, Integer> work,
            Step<Integer, Integer> take) {
        threads = Launcher.of(kind);
        Iterable<Integer> counted = () ->
                IntStream.range(0, items).peek(item -> drawn.incrementAndGet()).iterator();
        PatternTable.Load load = new PatternTable.Load(counted, work, take);
        caller = threads.start("caller", () -> {
            try {
                results = subject.run(threads, context, load);
            } catch (Throwable thrown) { // what the run came to
                failure = thrown;
            }
        });
    }

    /** The context that the pattern was given. */
    Context context() {
        return context;
    }

    /** How many items the pattern has drawn from its producer. */
    int drawn() {
        return drawn.get();
    }

    /** How many threads have not ended, the caller included. */
    int live() {
        return threads.liveCount();
    }

    /** Whether the pattern has returned to its caller, well or not. */
    boolean hasReturned() {
        return !caller.isLive();
    }

    /** What it returned. */
    List<Integer> results() {
        return results;
    }

    /** Whether the pattern threw such a failure, or one that has it as a cause. */
    boolean failedWith(Class<? extends Throwable> type) {
        for (Throwable thrown = failure; thrown != null; thrown = thrown.getCause()) {
            if (type.isInstance(thrown)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Waits until an event has come, or the run stands still.
     *
     * @return whether the event has come
     * @throws IllegalStateException if neither happens within the patience
     */
    boolean until(BooleanSupplier event) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Agreement agreement = new Agreement(STILL_NANOS, System::nanoTime);
        List<@Nullable Object> before = List.of();
        while (!event.getAsBoolean()) {
            agreement.begin();
            List<@Nullable Object> picture = stands();
            if (agreement.end(picture != null && picture.equals(before))) {
                return event.getAsBoolean();
            }
            before = picture == null ? List.of() : picture;
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "the run has neither ended nor come to a standstill in time; these threads are live: "
                                + threads.live());
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    /** Waits until the run stands still. */
    void untilStill() throws InterruptedException {
        until(() -> false);
    }

    /** Which thread waits on what, if all threads wait without a timeout. Null if a thread still moves. */
    private @Nullable List<@Nullable Object> stands() {
        List<@Nullable Object> picture = new ArrayList<>();
        picture.add(drawn.get());
        for (Launched launched : threads.live()) {
            Thread thread = launched.thread();
            if (thread.getState() != Thread.State.WAITING) {
                return null;
            }
            picture.add(thread);
            picture.add(LockSupport.getBlocker(thread));
        }
        return picture;
    }

    /** Frees what is left. */
    @Override
    public void close() throws InterruptedException {
        context.cancel();
        List<Launched> left = threads.shutdownNow(PATIENCE);
        if (!left.isEmpty()) {
            throw new IllegalStateException("these threads do not end: " + left);
        }
    }
}
