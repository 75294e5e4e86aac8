package org.leaklab.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The core holds for as long as a test may take, and a soak sees what it is there to see. */
@Tag("once")
class SoakTest {

    private static final Duration LENGTH = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("leaklab.patience", 10));
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final StringWriter out = new StringWriter();

    private Soak soak(Duration length, Duration patience, Plant plant) {
        long seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        return new Soak(new PrintWriter(out), length, patience, seed, plant);
    }

    @Test
    void nobodyGetsStuckAndNothingGrows() throws InterruptedException {
        assertThat(soak(LENGTH, PATIENCE, Plant.NONE).run()).as(out.toString()).isEmpty();
        assertThat(out.toString()).contains(" operations ").contains("All is well");
    }

    @Test
    void anInterruptEndsItAndItsThreads() throws InterruptedException {
        Soak soak = soak(LENGTH, PATIENCE, Plant.NONE);
        FutureTask<List<String>> run = new FutureTask<>(soak::run);
        Thread runs = Thread.ofPlatform().daemon().start(run);
        until(() -> soak.liveThreads() > 0);
        runs.interrupt();
        runs.join();
        assertThat(run.state()).isEqualTo(Future.State.FAILED);
        assertThat(run.exceptionNow()).isInstanceOf(InterruptedException.class);
        assertThat(soak.liveThreads()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "WAITER, waiters are left where nobody waits",
        "CONTEXT, contexts are left under the long-lived one",
        "THREAD, threads are left",
        "STUCK, no progress within",
        "ITEM, does not conserve items",
        "PERMIT, no progress within|though nobody holds any",
        "MEMORY, the live heap grew",
    })
    void whatIsPlantedIsFound(Plant plant, String complaint) throws InterruptedException {
        assertThat(soak(SHORT, SHORT, plant).run())
                .anyMatch(said -> Pattern.compile(complaint).matcher(said).find());
    }
}
