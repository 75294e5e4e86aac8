package org.leaklab.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.leaklab.bench.stuck.StuckOn;
import org.leaklab.bench.stuck.StuckThreads;
import org.leaklab.core.ThreadKind;

/**
 * Two ways of counting the heap agree on what stuck threads keep, and the VM's report on native memory is understood.
 */
class FootprintTest {

    @Test
    void whatTheHeapGrowsByIsWhatTheHistogramCounts() throws Exception {
        int threads = 5_000;
        int payload = 8_192; // much more than the frames, which are larger where a busy machine has not compiled them
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
