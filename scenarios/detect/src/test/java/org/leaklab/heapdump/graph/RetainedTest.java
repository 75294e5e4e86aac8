package org.leaklab.heapdump.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.HeapDump;
import org.leaklab.heapdump.RunningJvm;
import org.leaklab.heapdump.testing.ChildJvm;

/** What leaked threads retain, in a program that keeps arrays of known sizes. */
class RetainedTest {

    /** A thread object, its name, its latch and the like. */
    private static final Offset<Long> SMALL_THINGS = Offset.offset(20_000L);

    @Test
    void aThreadRetainsItsOwnAndAGroupWhatItsThreadsShare(@TempDir Path directory) throws Exception {
        Findings found;
        try (ChildJvm program = ChildJvm.start(List.of(), Keepers.class);
                RunningJvm running = RunningJvm.attach(program.pid(), directory)) {
            found = HeapDump.analyse(running.dump());
        }
        Map<String, Long> ofThread =
                found.leaked().stream().collect(Collectors.toMap(LeakedThread::name, LeakedThread::retainedBytes));
        assertThat(ofThread).containsOnlyKeys("first", "second", "other");
        assertThat(ofThread.get("first")).isCloseTo((long) Keepers.OWN, SMALL_THINGS);
        assertThat(ofThread.get("second")).isCloseTo((long) Keepers.OWN, SMALL_THINGS);
        assertThat(ofThread.get("other")).isCloseTo((long) Keepers.OF_OTHER, SMALL_THINGS);

        assertThat(found.groups()).hasSize(2);
        LeakedGroup two = found.groups().getFirst();
        assertThat(two.names()).containsExactlyInAnyOrder("first", "second");
        assertThat(two.retainedBytes())
                .as("what both groups share, or something alive holds, is nobody's")
                .isCloseTo(2L * Keepers.OWN + Keepers.OF_GROUP, SMALL_THINGS);
        assertThat(found.groups().getLast().retainedBytes()).isCloseTo((long) Keepers.OF_OTHER, SMALL_THINGS);
    }
}
