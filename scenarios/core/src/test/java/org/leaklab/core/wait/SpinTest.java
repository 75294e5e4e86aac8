package org.leaklab.core.wait;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which wait spins in which way. That it helps is for the benchmarks to show. */
class SpinTest {

    private static final Thread PLATFORM = Thread.ofPlatform().unstarted(() -> {});
    private static final Thread VIRTUAL = Thread.ofVirtual().unstarted(() -> {});

    private static Spin of(Thread thread, boolean handOver, boolean skip, boolean probe) {
        return Spin.of(thread, handOver, skip, probe);
    }

    @Test
    void aPlatformThreadSpinsByWhatItWaitsFor() {
        assertThat(of(PLATFORM, true, false, false)).isEqualTo(several(Spin.PLATFORM_HAND_OVER));
        assertThat(of(PLATFORM, false, false, true)).isEqualTo(several(Spin.PLATFORM_BATCH));
        assertThat(of(PLATFORM, true, true, false)).isEqualTo(several(Spin.PLATFORM_SHORT));
    }

    @Test
    void aVirtualThreadLeavesItOutWhereItWentWrongAndTriesLongerAfterwards() {
        assertThat(of(VIRTUAL, true, false, false)).isEqualTo(several(Spin.VIRTUAL_HAND_OVER));
        assertThat(of(VIRTUAL, true, false, true)).isEqualTo(several(Spin.VIRTUAL_PROBE));
        assertThat(of(VIRTUAL, false, false, true)).isEqualTo(several(Spin.VIRTUAL_BATCH));
        assertThat(of(VIRTUAL, true, true, true)).isEqualTo(Spin.NONE);
    }

    @Test
    void aWaitThatIsOverIsSeenAtTheFirstLook() {
        Waiter waiter = new Waiter();
        assertThat(Spin.VIRTUAL_BATCH.until(waiter)).isFalse();
        assertThat(waiter.complete()).isTrue();
        assertThat(Spin.VIRTUAL_BATCH.until(waiter)).isTrue();
        assertThat(Spin.NONE.until(waiter)).isFalse();
    }

    /** With one processor nobody spins. */
    private static Spin several(Spin policy) {
        return Runtime.getRuntime().availableProcessors() == 1 ? Spin.NONE : policy;
    }
}
