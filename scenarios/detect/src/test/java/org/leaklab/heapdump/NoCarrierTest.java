package org.leaklab.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.heapdump.Findings.Reason;
import org.leaklab.heapdump.Findings.SuspectThread;
import org.leaklab.heapdump.testing.ChildJvm;

/** Virtual threads that need a carrier, where those that have one wait. */
class NoCarrierTest {

    @TempDir
    Path directory;

    @BeforeEach
    void showsVirtualThreads() {
        assumeTrue(Runtime.version().feature() >= 22, "this JDK's dumps do not show virtual threads");
    }

    private Findings analyse(int carriers, String... arguments) throws Exception {
        List<String> options = List.of(
                "-Djdk.virtualThreadScheduler.parallelism=" + carriers,
                "-Djdk.virtualThreadScheduler.maxPoolSize=" + carriers);
        try (ChildJvm program = ChildJvm.start(options, CarriersTaken.class, arguments);
                RunningJvm running = RunningJvm.attach(program.pid(), directory)) {
            return HeapDump.analyse(running.dump(), Analysis.ofProcess(running), HeapDump.Progress.NONE);
        }
    }

    @Test
    void whoHasTheOnlyCarrierAndWhoNeedsIt() throws Exception {
        assertThat(analyse(1).suspects())
                .allMatch(thread -> thread.reason() == Reason.NO_CARRIER && thread.virtual())
                .extracting(SuspectThread::name)
                .containsExactlyInAnyOrder("mounted", "queued");
    }

    @Test
    void nobodyWhereACarrierIsFree() throws Exception {
        assertThat(analyse(2, "sleeps").suspects()).isEmpty();
    }
}
