package org.leaklab.stress;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;
import org.leaklab.stress.broken.TwoStepOperations;

/** Whatever two threads do at once has the results that some order of the same operations has on one thread. */
class LinearizabilityTest {

    @Test
    void channel() {
        Modes.modelCheck(ChannelOperations.class, ChannelOperations.Specification.class);
        Modes.stress(ChannelOperations.class, ChannelOperations.Specification.class);
    }

    @Test
    void semaphore() {
        Modes.modelCheck(SemaphoreOperations.class, SemaphoreOperations.Specification.class);
        Modes.stress(SemaphoreOperations.class, SemaphoreOperations.Specification.class);
    }

    @Test
    void mutex() {
        Modes.modelCheck(MutexOperations.class, MutexOperations.Specification.class);
        Modes.stress(MutexOperations.class, MutexOperations.Specification.class);
    }

    @Test
    void waitGroup() {
        Modes.modelCheck(WaitGroupOperations.class, WaitGroupOperations.Specification.class);
        Modes.stress(WaitGroupOperations.class, WaitGroupOperations.Specification.class);
    }

    @Test
    void aSemaphoreOfTwoStepsWouldBeCaught() {
        assertThatThrownBy(() -> Modes.modelCheck(TwoStepOperations.class, SemaphoreOperations.Specification.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }
}
