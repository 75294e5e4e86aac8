package org.leaklab.pattern;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/** What the tests of all patterns share: both kinds of thread, and nobody left after any test. */
@ParameterizedClass(name = "{0}")
@EnumSource(ThreadKind.class)
abstract class PatternTest {

    /** How long a test waits for what must come. */
    static final Duration PATIENCE =
            Duration.ofMillis((long) (1000 * Double.parseDouble(System.getProperty("leaklab.patience", "10"))));

    private static final long CLEAN_UP_NANOS = 100_000_000;

    /** A failure that no pattern throws by itself. */
    static final class Injected extends Exception {}

    @Parameter
    ThreadKind kind;

    Launcher threads;
    final Context context = Context.background().withCancel();

    /** Nothing ever comes: whoever receives is stuck until it is interrupted. */
    final Channel<Integer> never = Channel.unbuffered();

    @BeforeEach
    void launch() {
        threads = Launcher.of(kind);
    }

    @AfterEach
    void nobodyIsLeft() throws InterruptedException {
        boolean none = threads.awaitLive(0, PATIENCE);
        Object live = threads.live();
        int dependents = context.dependents();
        threads.shutdownNow(PATIENCE); // and not close(), which waits for what never ends
        assertThat(none).as("all threads have ended but %s", live).isTrue();
        assertThat(dependents).as("what still hangs on the context").isZero();
    }

    /** A call of a pattern on a thread of the launcher. */
    record Call<T>(Launched caller, CompletableFuture<T> outcome) {

        T result() throws Exception {
            return outcome.get(PATIENCE.toMillis(), MILLISECONDS);
        }

        /** What the call threw. */
        Throwable failure() throws Exception {
            Throwable thrown = outcome.handle((result, failure) -> failure).get(PATIENCE.toMillis(), MILLISECONDS);
            assertThat(thrown).as("what the call threw").isNotNull();
            return thrown;
        }

        void interrupt() {
            caller.thread().interrupt();
        }
    }

    <T> Call<T> call(Callable<T> body) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Launched caller = threads.start("caller", () -> {
            try {
                outcome.complete(body.call());
            } catch (Throwable thrown) {
                outcome.completeExceptionally(thrown);
            }
        });
        return new Call<>(caller, outcome);
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(PATIENCE.toMillis(), MILLISECONDS)).isTrue();
    }

    /** Heeds its interrupt at once, and then takes its time to clean up. */
    int cleanUp(CountDownLatch begun, AtomicBoolean cleanedUp) {
        begun.countDown();
        try {
            never.receive();
        } catch (InterruptedException e) {
            // the end has come
        }
        for (long start = System.nanoTime(); System.nanoTime() - start < CLEAN_UP_NANOS; ) {
            LockSupport.parkNanos(CLEAN_UP_NANOS);
        }
        cleanedUp.set(true);
        return 0;
    }

    /** 0, 1, 2 and so on, without end. */
    static Iterable<Integer> endless() {
        return () -> IntStream.iterate(0, n -> n + 1).iterator();
    }
}
