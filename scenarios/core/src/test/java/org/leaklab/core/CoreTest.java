package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Launcher.Task;
import org.leaklab.testing.Eventually;

/** A contract of the core, held to by both kinds of thread: each test runs on, and starts, threads of one kind. */
@ParameterizedClass(name = "{0}")
@EnumSource(ThreadKind.class)
@ExtendWith(OnThreadOfKind.class)
public abstract class CoreTest {

    @Parameter
    ThreadKind kind;

    Launcher threads;

    /** What launched threads threw that no test has looked at. */
    final List<Throwable> unexpected = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startWithoutThreads() {
        threads = Launcher.of(kind);
        threads.onFailure((launched, failure) -> unexpected.add(failure));
    }

    @AfterEach
    void endWithoutThreads() throws InterruptedException {
        boolean ended = threads.awaitLive(0, Eventually.PATIENCE);
        List<Launched> left = threads.live();
        threads.shutdownNow(Eventually.PATIENCE); // and not close(), which waits for what never ends
        assertThat(left).as("threads left").isEmpty();
        assertThat(ended).isTrue();
        assertThat(threads.liveCount()).isZero();
        assertThat(unexpected).as("failures nobody looked at").isEmpty();
    }

    /** The kind of thread that runs the tests themselves. */
    ThreadKind bodyKind() {
        return kind;
    }

    /** Starts something that returns a value. */
    protected <T> Call<T> call(Callable<T> body) {
        return new Call<>(threads, "call", body);
    }

    /** The channel that cancelling a context closes. */
    static Channel<?> done(Context context) {
        return (Channel<?>) context.done();
    }

    /** Starts something that returns nothing. */
    protected Call<Void> go(Task body) {
        return new Call<>(threads, "go", () -> {
            body.run();
            return null;
        });
    }
}
