package org.leaklab.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.UnknownThread;
import org.leaklab.heapdump.testing.ChildJvm;

/** Threads that were called leaked, or not, when people with a hostile eye looked for such programs. */
class WillBeWokenTest {

    @TempDir
    private Path directory;

    private List<String> leaked(String mode, String kind) throws Exception {
        assumeTrue(
                kind.equals("platform") || Runtime.version().feature() >= 22,
                "this JDK's dumps do not show virtual threads");
        try (ChildJvm child = ChildJvm.start(List.of("-Xbatch"), WillBeWoken.class, mode, kind);
                RunningJvm jvm = RunningJvm.attach(child.pid(), directory)) {
            Findings ofFile = HeapDump.analyse(jvm.dump(), Analysis.ofProcess(jvm), HeapDump.Progress.NONE);
            assertThat(ofFile.cannotTell()).isNull();
            Findings ofProcess = HeapDump.analyse(jvm, Analysis.ofProcess(jvm), false, HeapDump.Progress.NONE);
            return Stream.of(ofFile, ofProcess)
                    .flatMap(found -> found.leaked().stream())
                    .map(LeakedThread::name)
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "staticSynchronized, platform",
        "staticSynchronized, virtual",
        "ownSynchronizer, virtual",
        "ownLock, virtual",
        "givenToACall, platform",
        "givenToACall, virtual",
        "givenWhileLoading, platform"
    })
    void isNotLeaked(String mode, String kind) throws Exception {
        assertThat(leaked(mode, kind)).doesNotContain("waiter");
    }

    /** Optimized code may have taken apart what the variable held; that of the interpreter is null. */
    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void aVariableThatIsNullHidesNothingIfTheProcessSaysThatItsCodeIsNotOptimized(String kind) throws Exception {
        assumeTrue(
                kind.equals("platform") || Runtime.version().feature() >= 22,
                "this JDK's dumps do not show virtual threads");
        try (ChildJvm child = ChildJvm.start(List.of(), WillBeWoken.class, "nullVariable", kind);
                RunningJvm jvm = RunningJvm.attach(child.pid(), directory)) {
            Path dump = jvm.dump();
            Findings ofFile = HeapDump.analyse(dump, Analysis.ofProcess(jvm), HeapDump.Progress.NONE);
            assertThat(ofFile.leaked()).isEmpty();
            assertThat(ofFile.unknown()).extracting(UnknownThread::name).contains("leaked");
            Findings ofProcess = HeapDump.analyse(jvm, Analysis.ofProcess(jvm), false, HeapDump.Progress.NONE);
            assertThat(ofProcess.leaked()).extracting(LeakedThread::name).containsExactly("leaked");
            assertThat(ofProcess.unknown()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"deep, platform", "readerEnded, platform", "readerEnded, virtual"})
    void isLeaked(String mode, String kind) throws Exception {
        assertThat(leaked(mode, kind)).contains("leaked");
    }
}
