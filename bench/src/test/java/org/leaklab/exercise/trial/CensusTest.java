package org.leaklab.exercise.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.leaklab.testing.Eventually;

/** Whether a thread at a monitor may go on by itself. */
@Tag("once")
class CensusTest {

    private final Object monitor = new Object();

    private void enter() {
        synchronized (monitor) {
            LockSupport.parkNanos(1);
        }
    }

    private boolean mayEnterWhileOneHasIt(Thread.Builder builder) throws InterruptedException {
        boolean may;
        Thread thread = builder.unstarted(this::enter);
        synchronized (monitor) {
            thread.start();
            Eventually.until(() -> thread.getState() == Thread.State.BLOCKED);
            may = Census.mayEnter(thread);
        }
        thread.join();
        return may;
    }

    @Test
    void aPlatformThreadWhoseMonitorSomebodyHasDoesNotGoOn() throws Exception {
        assertThat(mayEnterWhileOneHasIt(Thread.ofPlatform())).isFalse();
    }

    @Test
    void ofAVirtualThreadNobodyKnows() throws Exception {
        assertThat(mayEnterWhileOneHasIt(Thread.ofVirtual())).isTrue();
    }

    @Test
    void aThreadThatIsParkedWaitsForNoMonitor() throws Exception {
        Thread thread = Thread.ofPlatform().start(LockSupport::park);
        Eventually.until(() -> thread.getState() == Thread.State.WAITING);
        assertThat(Census.mayEnter(thread)).isFalse();
        thread.interrupt();
        thread.join();
    }
}
