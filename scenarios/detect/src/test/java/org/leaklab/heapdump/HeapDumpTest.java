package org.leaklab.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.Verdict;
import org.leaklab.heapdump.testing.ChildJvm;

/** A dump of a program whose threads' names say what is to be found: all that leak are, and no other. */
class HeapDumpTest {

    /** Dumps of older JDKs do not show the stacks of virtual threads, and with those nobody could tell anything. */
    private static final boolean SHOWS_VIRTUAL = Runtime.version().feature() >= 22;

    @TempDir
    static Path directory;

    private static ChildJvm program;
    private static RunningJvm running;
    private static Path dump;

    @BeforeAll
    static void takeDump() throws Exception {
        program = SHOWS_VIRTUAL
                ? ChildJvm.start(List.of(), Planted.class)
                : ChildJvm.start(List.of(), Planted.class, ThreadKind.PLATFORM.name());
        running = RunningJvm.attach(program.pid(), directory);
        dump = running.dump();
    }

    @AfterAll
    static void end() throws Exception {
        running.close();
        program.close();
    }

    private static Set<String> names(Findings found, Predicate<LeakedThread> which) {
        return found.leaked().stream()
                .filter(which)
                .map(LeakedThread::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void findsAllThatLeakAndNoOther(ThreadKind kind) throws Exception {
        assumeTrue(kind == ThreadKind.PLATFORM || SHOWS_VIRTUAL, "this JDK's dumps do not show virtual threads");
        Findings found = HeapDump.analyse(dump, Analysis.ofProcess(running), HeapDump.Progress.NONE);
        boolean virtual = kind == ThreadKind.VIRTUAL;
        Set<String> leaked = names(found, thread -> thread.virtual() == virtual);
        assertThat(leaked).allMatch(name -> name.startsWith("certain") || name.startsWith("held"));
        assertThat(names(found, thread -> thread.virtual() == virtual && thread.verdict() == Verdict.CERTAIN))
                .allMatch(name -> name.startsWith("certain"));
        assertThat(leaked).containsAll(Planted.leakedNames());
    }

    @Test
    void saysWhatItCounted() throws Exception {
        Findings found = HeapDump.analyse(dump, Analysis.ofProcess(running), HeapDump.Progress.NONE);
        assertThat(found.jdk()).startsWith(Runtime.version().feature() + "");
        assertThat(SHOWS_VIRTUAL ? found.virtual() : found.platform())
                .isGreaterThan(Planted.leakedNames().size());
        assertThat(Files.size(dump)).isPositive();
    }
}
