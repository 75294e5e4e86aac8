package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.ChannelModel.Flaw;
import org.leaklab.testing.Eventually;

/**
 * Channels do what a model of them does, step for step, in any interleaving of sends, receives, selects, closes,
 * cancellations, interrupts and timeouts, by threads of both kinds at once.
 *
 * <p>A failure names its seed and tells the story; {@code -Dleaklab.seed=…} begins with that one.
 */
class InterleavingTest {

    private static final long RUN_NANOS = 2_000_000_000;
    private static final int ROUNDS_TO_BE_CAUGHT = 300;
    private static final Duration NO_PATIENCE = Duration.ofMillis(50);

    private final SplittableRandom seeds =
            new SplittableRandom(ThreadLocalRandom.current().nextLong());

    private long nextSeed(int round) {
        Long given = Long.getLong("leaklab.seed");
        return round == 0 && given != null ? given : seeds.nextLong();
    }

    private static void run(Flaw flaw, Duration patience, long seed) throws InterruptedException {
        try (Launcher platform = Launcher.of(ThreadKind.PLATFORM);
                Launcher virtual = Launcher.of(ThreadKind.VIRTUAL)) {
            List<Launcher> both = List.of(platform, virtual);
            new Interleaving(both, flaw, patience, seed).run();
            for (Launcher threads : both) {
                assertThat(threads.awaitLive(0, Eventually.PATIENCE))
                        .as("threads left: %s", threads.live())
                        .isTrue();
            }
        }
    }

    @Test
    void channelsDoWhatTheirModelDoes() throws InterruptedException {
        long end = System.nanoTime() + RUN_NANOS;
        for (int round = 0; round < 5 || System.nanoTime() - end < 0; round++) {
            long seed = nextSeed(round);
            try {
                run(Flaw.NONE, Eventually.PATIENCE, seed);
            } catch (AssertionError e) {
                throw new AssertionError("-Dleaklab.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aDifferenceWouldBeNoticed(Flaw flaw) throws InterruptedException {
        boolean caught = false;
        for (int round = 0; round < ROUNDS_TO_BE_CAUGHT && !caught; round++) {
            long seed = nextSeed(round);
            try {
                run(flaw, NO_PATIENCE, seed);
            } catch (AssertionError e) {
                caught = true;
                run(Flaw.NONE, Eventually.PATIENCE, seed); // it is the flaw that was noticed
            }
        }
        assertThat(caught).as("%s was noticed", flaw).isTrue();
    }
}
