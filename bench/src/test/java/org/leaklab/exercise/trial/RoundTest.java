package org.leaklab.exercise.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.core.ThreadKind;
import org.leaklab.testing.Eventually;

/**
 * A round ends as it ended, also if the lists of threads come late. With platform threads: virtual ones are seen only
 * where the package is opened, as it is for the judge.
 */
@Tag("once")
class RoundTest {

    private static final double SCALE = 4;

    private static final String CHECK = """
            public class Check {
                public static void round(java.util.concurrent.ThreadFactory threads, java.util.Random random)
                        throws Exception {
                    Thread starter = threads.newThread(
                            () -> threads.newThread(java.util.concurrent.locks.LockSupport::park).start());
                    starter.start();
                    starter.join();
                }
            }
            """;

    @TempDir
    private Path folder;

    private Set<Thread> before = Set.of();

    @BeforeEach
    void compile() throws IOException {
        Path classes = Files.createDirectories(Setting.classes(folder));
        Path source = Files.writeString(folder.resolve("Check.java"), CHECK);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString()))
                .isZero();
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Thread thread : left()) {
            thread.interrupt();
            thread.join();
        }
    }

    /** The first list is older than the end of the caller, so it says nothing of whom the caller started. */
    @Test
    void aCallerThatEndsWhileTheThreadsAreListedHidesNobody() throws Exception {
        assertThat(ending(list -> list == 1)).isInstanceOf(Ending.Stuck.class);
    }

    /** The starter has started a thread and ended while the list was made, so neither is in it. */
    @Test
    void oneListIsNotEnoughToSayThatNobodyIsLeft() throws Exception {
        assertThat(ending(list -> list == 1 || list == 2)).isInstanceOf(Ending.Stuck.class);
    }

    /** How a round ends that leaves one thread stuck, when some lists are older than what they are read for. */
    private Ending ending(IntPredicate isOld) throws Exception {
        AtomicInteger lists = new AtomicInteger();
        Setting setting = new Setting(ThreadKind.PLATFORM, 1, Setting.Mode.LOOK, 1, 0, 0, 1, SCALE);
        Round round = new Round(setting, folder, () -> {
            int list = lists.getAndIncrement();
            if (list == 0) {
                before = Census.all();
                return before;
            }
            if (isOld.test(list)) {
                Eventually.until(this::isOver);
                return before;
            }
            return Census.all();
        });
        return round.run("round", 1, false, 0);
    }

    private boolean isOver() {
        List<Thread> left = left();
        return left.size() == 1 && left.getFirst().getState() == Thread.State.WAITING;
    }

    private List<Thread> left() {
        return Census.all().stream()
                .filter(thread -> !before.contains(thread) && thread.getName().matches("caller|worker-.*"))
                .toList();
    }
}
