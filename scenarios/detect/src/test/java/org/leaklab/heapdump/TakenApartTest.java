package org.leaklab.heapdump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.UnknownThread;
import org.leaklab.heapdump.testing.ChildJvm;

/** A thread that will be woken by code whose objects the dump does not show is never leaked. */
@Tag("once")
class TakenApartTest {

    /** Or a busy machine has not compiled the code by the time of the dump, which then shows what it uses. */
    private static final String BATCH = "-Xbatch";

    @TempDir
    private Path directory;

    /** Compiled code may have been given up again by the time of the dump, which then shows everything. */
    private static final int MOST_CHILDREN = 5;

    @ParameterizedTest
    @ValueSource(strings = {"record", "guard", "captured", "element", "besideAnother", "onOneLine"})
    void whoCompiledCodeMayWakeIsUnknown(String mode) throws Exception {
        List<String> why = List.of();
        for (int i = 0; i < MOST_CHILDREN && why.isEmpty(); i++) {
            why = whyTheWaiterIsUnknown(mode);
        }
        assertThat(why)
                .containsExactly("the code of a thread that goes on may use what it waits on without showing it");
    }

    private List<String> whyTheWaiterIsUnknown(String mode) throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(BATCH), TakenApart.class, mode);
                RunningJvm jvm = RunningJvm.attach(child.pid(), directory)) {
            jvm.dump();
            Findings found = HeapDump.analyse(jvm, Analysis.ofProcess(jvm), false, HeapDump.Progress.NONE);
            assertThat(found.leaked()).extracting(LeakedThread::name).doesNotContain("waiter");
            return found.unknown().stream()
                    .filter(thread -> thread.name().equals("waiter"))
                    .map(UnknownThread::why)
                    .toList();
        }
    }
}
