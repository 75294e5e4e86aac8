package org.leaklab.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.heapdump.Findings.Reason;
import org.leaklab.heapdump.Findings.SuspectThread;
import org.leaklab.heapdump.Findings.ThreadName;
import org.leaklab.heapdump.testing.ChildJvm;

/** Threads that may be stuck are found with the reason that their names give, and their healthy twins are not. */
class SuspectsTest {

    /** Dumps of older JDKs do not show the stacks of virtual threads, and with those nobody could tell anything. */
    private static final boolean SHOWS_VIRTUAL = Runtime.version().feature() >= 22;

    @TempDir
    static Path directory;

    private static Findings found;

    @BeforeAll
    static void analyse() throws Exception {
        List<String> options = List.of("--add-opens", "java.base/java.util.concurrent.locks=ALL-UNNAMED");
        try (ChildJvm program = SHOWS_VIRTUAL
                        ? ChildJvm.start(options, PlantedSuspects.class)
                        : ChildJvm.start(options, PlantedSuspects.class, ThreadKind.PLATFORM.name());
                RunningJvm running = RunningJvm.attach(program.pid(), directory)) {
            found = HeapDump.analyse(running.dump(), Analysis.ofProcess(running), HeapDump.Progress.NONE);
        }
    }

    private static Set<String> suspects(ThreadKind kind, Reason reason) {
        return found.suspects().stream()
                .filter(thread -> thread.virtual() == (kind == ThreadKind.VIRTUAL) && thread.reason() == reason)
                .map(SuspectThread::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void expect(ThreadKind kind, Reason reason, String... names) {
        assumeTrue(kind == ThreadKind.PLATFORM || SHOWS_VIRTUAL, "this JDK's dumps do not show virtual threads");
        assertThat(suspects(kind, reason))
                .isEqualTo(Stream.of(names).map(name -> reason + ": " + name).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void aStarvedPool(ThreadKind kind) {
        if (kind == ThreadKind.PLATFORM) {
            expect(kind, Reason.POOL_STARVATION, "gets", "joins", "awaits", "forks", "locks", "asks the other pool");
        } else {
            expect(kind, Reason.POOL_STARVATION, "gets", "joins", "awaits", "locks", "asks the other pool");
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void whoWaitsForALeakedThread(ThreadKind kind) {
        expect(
                kind,
                Reason.BEHIND,
                "joins",
                "closes",
                "closes its own pool",
                "tries to lock",
                "gets",
                "joins a future");
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void aLongWait(ThreadKind kind) {
        expect(
                kind,
                Reason.LONG_WAIT,
                "sleeps",
                "sleeps for a duration",
                "polls",
                "polls as configured",
                "waits",
                "parks");
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void anIsland(ThreadKind kind) {
        if (kind == ThreadKind.PLATFORM) {
            expect(kind, Reason.ISLAND, "periodic", "reads a pipe", "timer", "sleeps in an application");
        } else {
            expect(kind, Reason.ISLAND, "periodic", "reads a pipe", "sleeps in an application");
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void aLockThatNobodyOwns(ThreadKind kind) {
        expect(kind, Reason.LOCK_FREE, "locks");
    }

    @Test
    void noHealthyThread() {
        assertThat(found.suspects())
                .extracting(SuspectThread::name)
                .allMatch(name -> Stream.of(Reason.values()).anyMatch(reason -> name.startsWith(reason + ": ")));
    }

    @Test
    void eachSaysWhyAndStandsInNoOtherList() {
        assertThat(found.suspects())
                .allMatch(thread -> thread.because().matches("It .*|Each .*|The .*|Only .*")
                        && thread.because().contains(". ")
                        && thread.because().endsWith("."));
        Set<Long> ids = found.suspects().stream().map(SuspectThread::id).collect(Collectors.toSet());
        assertThat(found.waiting().stream().flatMap(group -> group.threads().stream()))
                .extracting(ThreadName::id)
                .doesNotContainAnyElementsOf(ids);
        assertThat(found.leaked()).noneMatch(thread -> ids.contains(thread.id()));
    }
}
