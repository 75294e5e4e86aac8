package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads do to channels at once, what was sent is received once and nobody is left behind: no waiter, no
 * context, no thread.
 *
 * <p>A failure names its seed; {@code -Dleaklab.seed=…} begins with that one.
 */
class ConservationTest extends CoreTest {

    private static final long RUN_NANOS = 1_500_000_000;
    private static final long MIXED_RUN_NANOS = RUN_NANOS / 2;
    private static final int ROUNDS_TO_BE_CAUGHT = 20;

    private final SplittableRandom seeds =
            new SplittableRandom(ThreadLocalRandom.current().nextLong());

    private long nextSeed(int round) {
        Long given = Long.getLong("leaklab.seed");
        return round == 0 && given != null ? given : seeds.nextLong();
    }

    @Test
    void channelsConserveItemsAndKeepNoWaiters() throws InterruptedException {
        conserve(List.of(threads), RUN_NANOS);
    }

    @Test
    void threadsOfBothKindsTogetherDoToo() throws InterruptedException {
        ThreadKind other = kind == ThreadKind.PLATFORM ? ThreadKind.VIRTUAL : ThreadKind.PLATFORM;
        try (Launcher others = Launcher.of(other)) {
            conserve(List.of(threads, others), MIXED_RUN_NANOS);
        }
    }

    private void conserve(List<Launcher> launchers, long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        for (int round = 0; round < 3 || System.nanoTime() - end < 0; round++) {
            long seed = nextSeed(round);
            assertThat(Conservation.round(launchers, new ChannelTraffic(seed), seed))
                    .as("-Dleaklab.seed=%d", seed)
                    .isEmpty();
        }
    }

    @Test
    void theHarnessCatchesEveryFlaw() throws InterruptedException {
        Map<BrokenTraffic.Flaw, String> expected = new EnumMap<>(Map.of(
                BrokenTraffic.Flaw.DELIVERS_WHAT_TIMED_OUT, "received though not sent",
                BrokenTraffic.Flaw.DROPS_WHAT_CAME_LATE, "sent but never received",
                BrokenTraffic.Flaw.DELIVERS_TWICE, "received twice",
                BrokenTraffic.Flaw.OVERTAKES, "overtaken",
                BrokenTraffic.Flaw.LEAVES_WAITERS, "waiters left behind",
                BrokenTraffic.Flaw.LEAVES_CONTEXTS, "dependents left on a context",
                BrokenTraffic.Flaw.LEAVES_LISTENERS, "waiters left on a context"));
        assertThat(expected).containsOnlyKeys(BrokenTraffic.Flaw.values());
        for (BrokenTraffic.Flaw flaw : expected.keySet()) {
            String complaint = expected.get(flaw);
            List<String> complaints = new ArrayList<>();
            BooleanSupplier caught = () -> complaints.stream().anyMatch(each -> each.contains(complaint));
            for (int round = 0; round < ROUNDS_TO_BE_CAUGHT && !caught.getAsBoolean(); round++) {
                complaints.addAll(Conservation.round(threads, new BrokenTraffic(flaw), nextSeed(round)));
            }
            assertThat(caught.getAsBoolean()).as("%s: %s", flaw, complaint).isTrue();
        }
    }
}
