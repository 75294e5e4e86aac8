package org.leaklab.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.core.ThreadKind;

/** Every way of being stuck really is one, with its depth and its payload, and ends when it is freed. */
class StuckThreadsTest {

    private static final boolean PINS = Runtime.version().feature() < 24;

    static List<Arguments> ways() {
        List<Arguments> ways = new ArrayList<>();
        for (StuckOn on : StuckOn.values()) {
            for (ThreadKind kind : ThreadKind.values()) {
                if (on.isFor(kind, Runtime.version().feature())) {
                    ways.add(Arguments.of(on, kind));
                }
            }
        }
        return ways;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theyAreStuckUntilTheyAreFreed(StuckOn on, ThreadKind kind) throws InterruptedException {
        try (StuckThreads threads = new StuckThreads(on, kind, 50, 0)) {
            threads.add(3);
            threads.add(2);
            assertThat(threads.count()).isEqualTo(5);
            assertThat(threads.stackOfOne()).hasSizeGreaterThan(50);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theyWarmUp(StuckOn on, ThreadKind kind) throws InterruptedException {
        if (kind == ThreadKind.VIRTUAL) {
            StuckThreads.warmUp(on, kind, 200, 1024);
        }
    }

    @Test
    void whatTheHeapGrowsByIsWhatTheHistogramCounts() throws Exception {
        int threads = 5_000;
        int payload = 2_048;
        StuckThreads.warmUp(StuckOn.CHANNEL, ThreadKind.VIRTUAL, 20, payload);
        try (StuckThreads population = new StuckThreads(StuckOn.CHANNEL, ThreadKind.VIRTUAL, 20, payload)) {
            population.add(1);
            Footprint before = Footprint.now();
            population.add(threads);
            Footprint more = Footprint.now().since(before);
            assertThat((double) more.heap() / more.histogram()).isCloseTo(1, within(0.05));
            assertThat(more.heap() / threads).isBetween((long) payload, 3L * payload);
        }
    }

    @Test
    void aMonitorPinsBeforeJdk24() {
        if (PINS) {
            assertThatThrownBy(() -> StuckOn.SYNCHRONIZED.most(ThreadKind.VIRTUAL, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("keeps its carrier");
        } else {
            assertThat(StuckOn.SYNCHRONIZED.most(ThreadKind.VIRTUAL, 0)).isEqualTo(100_000);
        }
        assertThat(StuckOn.SLEEP.most(ThreadKind.VIRTUAL, 65_536)).isEqualTo(16_384);
        assertThat(StuckOn.SOCKET.most(ThreadKind.VIRTUAL, 0)).isEqualTo(4_000);
    }

    @Test
    void nativeMemoryIsReadFromTheVmsReport() {
        String report = """
                Native Memory Tracking:

                (Omitting categories weighting less than 1)

                Total: reserved=1500000000, committed=100000000
                -                 Java Heap (reserved=1000000000, committed=50000000)
                                            (mmap: reserved=1000000000, committed=50000000)

                -                    Thread (reserved=22120040, committed=1021544)
                                            (threads #21)
                                            (stack: reserved=22056960, committed=958464)
                                            (malloc=38624 #130) (peak=40912 #136)
                                            (arena=24456 #40) (peak=24456 #40)
                """;
        assertThat(NativeMemory.threads(report)).isEqualTo(new NativeMemory.Region(22_120_040, 1_021_544));
        assertThat(NativeMemory.stacks(report)).isEqualTo(new NativeMemory.Region(22_056_960, 958_464));
        assertThat(NativeMemory.stacks("Native memory tracking is not enabled"))
                .isEqualTo(new NativeMemory.Region(0, 0));
    }
}
