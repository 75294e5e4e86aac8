package org.leaklab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.Context;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.core.Launcher;
import org.leaklab.core.Launcher.AllBlockedException;
import org.leaklab.core.Launcher.ThreadLimitException;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.WaitGroup;
import org.leaklab.cyclefixture.one.First;
import org.leaklab.cyclefixture.two.Second;
import org.leaklab.detect.GrowthAlarm;
import org.leaklab.detect.ThreadCount;
import org.leaklab.detect.ThreadSource;

/** Provokes each of the ten messages of {@code docs/ten-messages-of-go.md}, in the order of its table. */
class TenMessagesTest {

    @ParameterizedTest
    @EnumSource
    void allTasksBlocked(ThreadKind kind) throws InterruptedException {
        try (Launcher threads = Launcher.of(kind)) {
            Channel<String> questions = Channel.unbuffered();
            Channel<String> answers = Channel.unbuffered();
            threads.start("asker", () -> answers.receive());
            threads.start("answerer", () -> questions.receive());
            assertThatExceptionOfType(AllBlockedException.class)
                    .isThrownBy(threads::join)
                    .withMessageContainingAll(
                            "all tasks blocked (deadlock): 2 live",
                            "\"asker\" at ",
                            "\"answerer\" at ",
                            "TenMessagesTest");
        }
    }

    @Test
    void deadlineExceeded() {
        try (Context context = Context.background().withTimeout(Duration.ofMillis(20))) {
            assertThatExceptionOfType(DeadlineExceededException.class)
                    .isThrownBy(() -> Channel.unbuffered().receive(context))
                    .withMessageStartingWith("deadline exceeded");
        }
    }

    @ParameterizedTest
    @EnumSource
    void forkAfterJoin(ThreadKind kind) throws Exception {
        try (Launcher threads = Launcher.of(kind);
                TaskGroup group = TaskGroup.open(Context.background(), threads)) {
            group.join();
            assertThatIllegalStateException()
                    .isThrownBy(() -> group.fork("late", () -> 1))
                    .withMessageStartingWith("fork after join: task \"late\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitGroupReuse(ThreadKind kind) throws InterruptedException {
        try (Launcher threads = Launcher.of(kind)) {
            String message = null;
            for (int round = 0; message == null && round < 100_000; round++) {
                WaitGroup group = new WaitGroup();
                group.add(1);
                threads.start("waiter", () -> group.await());
                while (group.waiting() == 0) {
                    Thread.onSpinWait();
                }
                group.done(); // the waiter is woken here, and has not returned for a moment
                try {
                    group.add(1);
                    group.done();
                } catch (IllegalStateException e) {
                    message = e.getMessage();
                }
            }
            assertThat(message).startsWith("WaitGroup is reused before the previous wait has returned");
        }
    }

    @Test
    void closeOfClosedChannel() {
        Channel<String> channel = Channel.unbuffered();
        channel.close();
        assertThatExceptionOfType(ClosedException.class)
                .isThrownBy(channel::close)
                .withMessageStartingWith("close of closed channel");
    }

    @Test
    void sendOnClosedChannel() {
        Channel<String> channel = Channel.buffered(1);
        channel.close();
        assertThatExceptionOfType(ClosedException.class)
                .isThrownBy(() -> channel.send("late"))
                .withMessageStartingWith("send on closed channel");
    }

    @ParameterizedTest
    @EnumSource
    void stuckThreadsGrowing(ThreadKind kind) {
        try (Launcher threads = Launcher.of(kind)) {
            GrowthAlarm alarm = new GrowthAlarm(3);
            List<String> alarms = new ArrayList<>();
            for (int window = 0; window < 4; window++) {
                threads.start("request", () -> Channel.<String>unbuffered().send("to nobody"));
                alarm.sample(ThreadCount.of(ThreadSource.of(threads)).all()).ifPresent(alarms::add);
            }
            assertThat(alarms)
                    .containsExactly(
                            "stuck threads growing: 1, 2, 3, 4 over 3 windows; something starts threads that do not end");
        }
    }

    /** What a leak of virtual threads ends in without a limit, in a JVM of its own; and what is said with one. */
    @Test
    void outOfMemory() throws Exception {
        assertThat(program(
                        List.of("-Xmx24m", "-XX:+ExitOnOutOfMemoryError"), "", ThreadKind.VIRTUAL, Integer.MAX_VALUE))
                .contains("Terminating due to java.lang.OutOfMemoryError: Java heap space");
        assertThat(program(List.of("-Xmx24m", "-XX:+ExitOnOutOfMemoryError"), "", ThreadKind.VIRTUAL, 1_000))
                .contains("limit of 1000 live virtual threads reached, \"request\" not started");
    }

    /** The same for platform threads, in a process that may have 3 GB of address space. */
    @Test
    void unableToCreateNativeThread() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "ulimit needs a shell");
        List<String> options = List.of(
                "-Xmx64m",
                "-Xss64m",
                "-XX:ReservedCodeCacheSize=16m",
                "-XX:CompressedClassSpaceSize=16m",
                "-XX:+UseSerialGC");
        assertThat(program(options, "ulimit -v 3000000; ", ThreadKind.PLATFORM, Integer.MAX_VALUE))
                .contains("the system cannot start another platform thread: \"request\" would be live thread ")
                .contains("caused by java.lang.OutOfMemoryError: unable to create native thread");
        assertThat(program(options, "ulimit -v 3000000; ", ThreadKind.PLATFORM, 5))
                .contains("limit of 5 live platform threads reached, \"request\" not started");
    }

    @Test
    void packageCycles() {
        assertThatThrownBy(() -> SlicesRuleDefinition.slices()
                        .matching("org.leaklab.(**)")
                        .should()
                        .beFreeOfCycles()
                        .check(new ClassFileImporter().importPackagesOf(First.class, Second.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected: Slice cyclefixture.one");
    }

    private static String program(List<String> options, String before, ThreadKind kind, int limit)
            throws IOException, InterruptedException {
        List<String> java = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        java.addAll(options);
        java.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                UnboundedThreads.class.getName(),
                kind.name(),
                limit + ""));
        List<String> command = before.isEmpty()
                ? java
                : List.of("/bin/bash", "-c", before + "exec '" + String.join("' '", java) + "'");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return out;
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program that starts a thread a request, and each gets stuck. */
    static final class UnboundedThreads {

        public static void main(String[] args) throws InterruptedException {
            Launcher threads = Launcher.of(ThreadKind.valueOf(args[0]), Integer.parseInt(args[1]));
            Channel<String> nobody = Channel.unbuffered();
            try {
                while (true) {
                    threads.start("request", () -> nobody.send("result"));
                }
            } catch (ThreadLimitException e) {
                System.out.println(e.getMessage() + (e.getCause() == null ? "" : "; caused by " + e.getCause()));
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
