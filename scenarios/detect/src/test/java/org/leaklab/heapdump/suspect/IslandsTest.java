package org.leaklab.heapdump.suspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.core.ThreadKind;
import org.leaklab.heapdump.PlantedSuspects;
import org.leaklab.heapdump.RunningJvm;
import org.leaklab.heapdump.code.Sources;
import org.leaklab.heapdump.evidence.ThreadEvidence;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.graph.HeapLoader;
import org.leaklab.heapdump.hprof.DumpFile;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.Judgement;
import org.leaklab.heapdump.testing.ChildJvm;

/**
 * Threads are dropped by the way on which the judgement came to them only if a new marking of the whole dump would drop
 * them as well.
 */
class IslandsTest {

    private static final String[] CALM = {
        "calm periodic", "calm reads a pipe", "calm timer", "calm sleeps in an application"
    };

    @TempDir
    static Path directory;

    private static Islands islands;

    @BeforeAll
    static void load() throws Exception {
        List<String> options = List.of("--add-opens", "java.base/java.util.concurrent.locks=ALL-UNNAMED");
        try (ChildJvm program = Runtime.version().feature() >= 22
                        ? ChildJvm.start(options, PlantedSuspects.class)
                        : ChildJvm.start(options, PlantedSuspects.class, ThreadKind.PLATFORM.name());
                RunningJvm running = RunningJvm.attach(program.pid(), directory)) {
            Heap heap = HeapLoader.load(
                    DumpFile.open(running.dump(), (doing, done, all) -> {}),
                    Set.of(),
                    Judgement::kind,
                    (doing, done, all) -> {});
            Judgement judgement =
                    Judgement.of(heap, new Sources.Named(List.of()), ThreadEvidence.NONE, (doing, done, all) -> {});
            islands = new Islands(new Scene(heap, judgement));
        }
    }

    @Test
    void whatIsDroppedIsHeldWhateverTheWay() {
        List<Islands.Waits> all = islands.candidates(Set.of());
        Set<DumpThread> withoutDropping = Set.copyOf(islands.left(all));
        assertThat(withoutDropping).extracting(DumpThread::name).contains("island: periodic", "island: reads a pipe");
        islands.dropHeld(all);
        assertThat(islands.left(all)).isEqualTo(withoutDropping);
    }

    @Test
    void healthyOnesAreDroppedSoThatNothingIsMarkedAgain() {
        List<Islands.Waits> all = islands.candidates(Set.of());
        assertThat(all)
                .filteredOn(Islands.Waits::isAsked)
                .extracting(waits -> waits.thread().name())
                .contains(CALM);
        islands.dropHeld(all);
        assertThat(all)
                .filteredOn(Islands.Waits::isAsked)
                .extracting(waits -> waits.thread().name())
                .contains("island: periodic")
                .doesNotContain(CALM);
    }
}
