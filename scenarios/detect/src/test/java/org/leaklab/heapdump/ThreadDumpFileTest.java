package org.leaklab.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.Reason;
import org.leaklab.heapdump.Findings.SuspectThread;
import org.leaklab.heapdump.Findings.UnknownThread;
import org.leaklab.heapdump.Findings.Verdict;
import org.leaklab.heapdump.HeapDump.BrokenDumpException;
import org.leaklab.heapdump.testing.ChildJvm;
import org.leaklab.testing.Eventually;

/** What thread prints and JSON thread dumps show: those that stand beside the tests of the parsers, and of children. */
class ThreadDumpFileTest {

    private static final int JDK = Runtime.version().feature();

    @TempDir
    private Path directory;

    private Path stored(String name) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream in = ThreadDumpFileTest.class.getResourceAsStream("evidence/" + name)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    private String text(String name) throws IOException {
        return Files.readString(stored(name));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("threads.txt"), text);
    }

    private Findings of(List<String> options, String mode, Predicate<Findings> wanted, String... command)
            throws IOException {
        try (ChildJvm child = ChildJvm.start(options, Standing.class, mode)) {
            return until(child, wanted, command);
        }
    }

    /** Asks a child for a dump until the findings are as they should be: it may be on its way to where it waits. */
    private Findings until(ChildJvm child, Predicate<Findings> wanted, String... command) {
        Findings[] found = new Findings[1];
        Eventually.until(() -> {
            found[0] = ask(child, command);
            return wanted.test(found[0]);
        });
        return found[0];
    }

    private Findings ask(ChildJvm child, String... command) {
        try {
            Path file = directory.resolve("dump");
            Files.deleteIfExists(file);
            ProcessBuilder jcmd = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(child.pid()));
            jcmd.command().addAll(List.of(command));
            boolean json = command[0].startsWith("Thread.dump");
            if (json) {
                jcmd.command().add(file.toString());
            }
            int ended = jcmd.redirectOutput(json ? directory.resolve("said").toFile() : file.toFile())
                    .start()
                    .waitFor();
            assertThat(ended).isZero();
            assertThat(ThreadDumpFile.isOne(file)).isTrue();
            return ThreadDumpFile.analyse(file);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Findings print(String mode, Predicate<Findings> wanted) throws IOException {
        return of(List.of(), mode, wanted, "Thread.print", "-l");
    }

    private static List<String> names(Findings found) {
        return found.leaked().stream().map(LeakedThread::name).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 25, 26, 27, 28})
    void findsCirclesOfMonitorsAndOfClasses(int jdk) throws IOException {
        Findings found = ThreadDumpFile.analyse(stored("print-" + jdk + ".txt"));
        assertThat(names(found)).containsExactlyInAnyOrder("dead-a", "dead-b", "init-c", "init-d");
        assertThat(found.leaked())
                .allSatisfy(thread -> assertThat(thread.cause())
                        .isEqualTo(thread.name().startsWith("init") ? Cause.CLASS_INITIALIZATION : Cause.DEADLOCK))
                .allSatisfy(thread -> assertThat(thread.verdict()).isEqualTo(Verdict.CERTAIN));
        assertThat(found.circles()).hasSize(2);
        assertThat(found.jdk()).startsWith(String.valueOf(jdk));
        assertThat(found.waiting())
                .filteredOn(group -> group.threads().getFirst().name().equals("locker"))
                .singleElement()
                .satisfies(group -> assertThat(group.heldBy()).containsExactly("thread \"owner\""));
        assertThat(found.notes()).anyMatch(note -> note.contains("take a heap dump"));
    }

    @Test
    void findsACircleOfAMonitorAndALockAndWhoIsBehind() throws IOException {
        Findings found = print("mixed", all -> all.leaked().size() == 3);
        assertThat(names(found)).containsExactlyInAnyOrder("has the monitor", "has the \"lock\"", "behind");
        assertThat(found.leaked()).allMatch(thread -> thread.verdict() == Verdict.CERTAIN);
        assertThat(found.circles())
                .singleElement()
                .satisfies(circle -> assertThat(circle.links()).hasSize(2));
        assertThat(found.cannotTell()).isNull();
    }

    @Test
    void anInterruptOfOneFreesAll() throws IOException {
        Findings found = print("interruptible", all -> all.leaked().size() == 3);
        assertThat(found.leaked()).allMatch(thread -> thread.verdict() == Verdict.UNLESS_INTERRUPTED);
    }

    @Test
    void findsClassesThatInitializeEachOther() throws IOException {
        Findings found = print("initialization", all -> all.leaked().size() == 2);
        assertThat(names(found)).containsExactlyInAnyOrder("left", "right");
        assertThat(found.leaked()).allMatch(thread -> thread.cause() == Cause.CLASS_INITIALIZATION);
    }

    @Test
    void suspectsAClassAndItsSuperclass() throws IOException {
        try (ChildJvm child = ChildJvm.start(List.of(), Standing.class, "superclass")) {
            Findings before = until(
                    child,
                    all -> all.waiting().stream()
                            .anyMatch(group -> group.heldBy().contains("thread \"parent\"")),
                    "Thread.print");
            assertThat(before.suspects()).isEmpty();
            child.tell();
            Findings found = until(child, all -> all.suspects().size() == 2, "Thread.print");
            assertThat(found.leaked()).isEmpty();
            assertThat(found.suspects()).extracting(SuspectThread::name).containsExactlyInAnyOrder("parent", "child");
            assertThat(found.suspects()).allMatch(thread -> thread.reason() == Reason.DEADLOCK);
            assertThat(found.unknown()).isEmpty();
        }
    }

    @Test
    void nobodyIsStuckWhoseOwnerSleeps() throws IOException {
        Findings found = print("healthy", all -> all.blocked() > 1);
        assertThat(found.leaked()).isEmpty();
        assertThat(found.suspects()).isEmpty();
        assertThat(found.unknown()).isEmpty();
    }

    @Test
    void doesNotKnowTheOwnerWithoutItsLocks() throws IOException {
        Findings found = of(List.of(), "healthy", all -> all.unknown().size() == 2, "Thread.print");
        assertThat(found.leaked()).isEmpty();
        assertThat(found.unknown()).extracting(UnknownThread::why).allMatch(why -> why.contains("take it with -l"));
    }

    @Test
    void findsACircleWithoutItsLocks() throws IOException {
        Findings found = of(List.of(), "mixed", all -> all.leaked().size() == 3, "Thread.print");
        assertThat(found.circles()).hasSize(1);
    }

    private static final String TWO_THREADS = """
            Full thread dump OpenJDK 64-Bit Server VM (25+1 mixed mode):

            Threads class SMR info:
            _java_thread_list=0x1, length=2, elements={
            0x00000000000000aa, 0x00000000000000bb
            }

            "parks" #21 [7] prio=5 os_prio=0 tid=0x00000000000000aa nid=7 waiting on condition  [0x0]
               java.lang.Thread.State: WAITING (parking)
            \tat jdk.internal.misc.Unsafe.park(java.base@25/Native Method)
            \t- parking to wait for  <0x00000000000000e1> (a %s)
            \tat A.a(A.java:1)
            \t- locked <0x00000000000000e2> (a A)

               Locked ownable synchronizers:
            \t- None

            "blocked" #22 [8] prio=5 os_prio=0 tid=0x00000000000000bb nid=8 waiting for monitor entry  [0x0]
               java.lang.Thread.State: BLOCKED (on object monitor)
            \tat A.b(A.java:2)
            \t- waiting to lock <0x00000000000000e2> (a A)
            %s
               Locked ownable synchronizers:
            \t- %s

            JNI global refs: 4, weak refs: 0

            """;

    /** Somebody else may unpark it: the monitor of the label has nothing to do with that. */
    @Test
    void aMonitorIsNoLockThatSomebodyParksOn() throws IOException {
        String label = TWO_THREADS.formatted("A", "\t- locked <0x00000000000000e1> (a A)\n", "None");
        assertThat(ThreadDumpFile.analyse(write(label)).leaked()).isEmpty();
    }

    /** The program decides who releases a synchronizer that it has written: that need not be its owner. */
    @Test
    void onlyALockIsGivenUpByItsOwnerAlone() throws IOException {
        String owned = "<0x00000000000000e1> (a %s)";
        String own = TWO_THREADS.formatted("shop.Mutex$Sync", "", owned.formatted("shop.Mutex$Sync"));
        assertThat(ThreadDumpFile.analyse(write(own)).leaked()).isEmpty();
        String lock = "java.util.concurrent.locks.ReentrantLock$NonfairSync";
        String jdks = TWO_THREADS.formatted(lock, "", owned.formatted(lock));
        assertThat(names(ThreadDumpFile.analyse(write(jdks)))).containsExactlyInAnyOrder("parks", "blocked");
    }

    /**
     * The JVM itself has entered it, as it does with a class loader that is not parallel capable: no frame shows that.
     */
    @Test
    void takesTheOwnerOfAMonitorFromWhatTheJvmSays() throws IOException {
        String print = """
                Full thread dump OpenJDK 64-Bit Server VM (25+1 mixed mode):

                Threads class SMR info:
                _java_thread_list=0x1, length=2, elements={
                0x00000000000000aa, 0x00000000000000bb
                }

                "one" #21 [7] prio=5 os_prio=0 tid=0x00000000000000aa nid=7 waiting for monitor entry  [0x0]
                   java.lang.Thread.State: BLOCKED (on object monitor)
                \tat A.a(A.java:1)
                \t- waiting to lock <0x00000000000000e1> (a Loader)

                "other" #22 [8] prio=5 os_prio=0 tid=0x00000000000000bb nid=8 waiting for monitor entry  [0x0]
                   java.lang.Thread.State: BLOCKED (on object monitor)
                \tat A.b(A.java:2)
                \t- waiting to lock <0x00000000000000e2> (a Loader)

                JNI global refs: 4, weak refs: 0

                """;
        assertThat(ThreadDumpFile.analyse(write(print)).leaked()).isEmpty();
        String said = """

                Found one Java-level deadlock:
                =============================
                "one":
                  waiting to lock monitor 0x00007f0000000001 (object 0x00000000000000e1, a Loader),
                  which is held by "other"

                "other":
                  waiting to lock monitor 0x00007f0000000002 (object 0x00000000000000e2, a Loader),
                  which is held by "one"

                Found 1 deadlock.
                """;
        assertThat(names(ThreadDumpFile.analyse(write(print + said)))).containsExactlyInAnyOrder("one", "other");
    }

    /** As after kill -3: the owners of locks stand only where the JVM says that it found a deadlock. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x\n", "has it"})
    void takesOwnersFromWhatTheJvmSays(String other) throws IOException {
        String print = """
                Full thread dump OpenJDK 64-Bit Server VM (25+1 mixed mode):

                Threads class SMR info:
                _java_thread_list=0x1, length=3, elements={
                0x00000000000000aa, 0x00000000000000bb, 0x00000000000000cc
                }

                "waits" #21 [7] prio=5 os_prio=0 tid=0x00000000000000aa nid=7 waiting on condition  [0x0]
                   java.lang.Thread.State: WAITING (parking)
                \tat jdk.internal.misc.Unsafe.park(java.base@25/Native Method)
                \t- parking to wait for  <0x00000000000000e1> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)
                \tat A.a(A.java:1)
                \t- locked <0x00000000000000e2> (a A)

                "has it" #22 [8] prio=5 os_prio=0 tid=0x00000000000000bb nid=8 waiting for monitor entry  [0x0]
                   java.lang.Thread.State: BLOCKED (on object monitor)
                \tat A.b(A.java:2)
                \t- waiting to lock <0x00000000000000e2> (a A)

                "%s" #23 [9] prio=5 os_prio=0 tid=0x00000000000000cc nid=9 runnable  [0x0]
                   java.lang.Thread.State: RUNNABLE
                \tat A.c(A.java:3)

                JNI global refs: 4, weak refs: 0


                Found one Java-level deadlock:
                =============================
                "waits":
                  waiting for ownable synchronizer 0x00000000000000e1, (a java.util.concurrent.locks.ReentrantLock$NonfairSync),
                  which is held by "has it"

                "has it":
                  waiting to lock monitor 0x00007f0000000001 (object 0x00000000000000e2, a A),
                  which is held by "waits"

                Found 1 deadlock.
                """;
        Findings found = ThreadDumpFile.analyse(write(print.formatted(other)));
        assertThat(names(found))
                .isEqualTo(other.isEmpty() ? List.of("waits", "has it") : List.of()); // else names are ambiguous
    }

    /** A virtual thread that is mounted has its stack in a print from JDK 25 on. */
    @ParameterizedTest
    @ValueSource(strings = {"carriers", "carrier"})
    void suspectsCarriersThatAreAllTaken(String mode) throws IOException {
        assumeThat(JDK).isGreaterThanOrEqualTo(25);
        Findings found = of(
                List.of("-Djdk.virtualThreadScheduler.parallelism=2", "-Djdk.virtualThreadScheduler.maxPoolSize=2"),
                mode,
                all -> all.suspects().size() == (mode.equals("carriers") ? 2 : 0),
                "Thread.print",
                "-l");
        assertThat(found.leaked()).isEmpty();
        assertThat(found.suspects()).allMatch(thread -> thread.reason() == Reason.NO_CARRIER);
    }

    /** On 25 such a dump can crash the JVM; before, it does not have locks. */
    @Test
    void suspectsACircleInJson() throws IOException {
        assumeThat(JDK).isGreaterThanOrEqualTo(26);
        Findings found =
                of(List.of(), "virtual", all -> all.suspects().size() == 3, "Thread.dump_to_file", "-format=json");
        assertThat(found.leaked()).isEmpty();
        assertThat(found.suspects())
                .allMatch(thread -> thread.reason() == Reason.DEADLOCK)
                .allMatch(SuspectThread::virtual)
                .allMatch(thread -> thread.because().contains("not seen at one moment"));
        assertThat(found.notes()).anyMatch(note -> note.contains("nothing in it is proof"));
    }

    @Test
    void cannotTellFromStacksAlone() throws IOException {
        Findings found = ThreadDumpFile.analyse(stored("dump-21.json"));
        assertThat(found.cannotTell()).contains("stacks only");
        assertThat(found.virtual()).isPositive();
    }

    @Test
    void readsAPrintInALog() throws IOException {
        String log = "\"quoted\" INFO something\n2026-11-29 10:00:00\n" + text("print-25.txt") + "\nINFO more\n";
        assertThat(ThreadDumpFile.analyse(write(log)).leaked()).hasSize(4);
    }

    @Test
    void readsTheLastOfSeveralPrints() throws IOException {
        String first = text("print-25.txt");
        Findings found = ThreadDumpFile.analyse(write(first + "\n" + text("print-26.txt")));
        assertThat(found.jdk()).startsWith("26");
        assertThat(found.leaked()).hasSize(4);
        assertThat(found.notes()).anyMatch(note -> note.contains("2 thread prints"));
    }

    /** A name can have a whole print in it: then the one around it lacks threads. */
    @Test
    void refusesAPrintWithinAPrint() throws IOException {
        String print = text("print-25.txt");
        int name = print.indexOf("\n\"dead-b\" #") + 2;
        Path file = write(print.substring(0, name) + "\n" + text("print-26.txt") + "\n" + print.substring(name));
        assertThatThrownBy(() -> ThreadDumpFile.analyse(file))
                .isInstanceOf(BrokenDumpException.class)
                .hasMessageContaining("begins within another one");
    }

    /** The JVM looks for deadlocks at another moment than at the threads. */
    @Test
    void heedsNotWhatTheJvmSaysOfDeadlocks() throws IOException {
        String said = """

                Found one Java-level deadlock:
                =============================
                "dead-a":
                  waiting to lock monitor 0x00007f0000000001 (object 0x00000000ffffffff, a java.lang.Object),
                  which is held by "main"

                Java stack information for the threads listed above:
                ===================================================
                "dead-a":
                \tat P.lock2(P.java:6)
                \t- waiting to lock <0x00000000ffffffff> (a java.lang.Object)
                \t- locked <0x00000000fffffff0> (a java.lang.Object)

                Found 1 deadlock.
                """;
        String print = text("print-25.txt");
        Findings alone = ThreadDumpFile.analyse(write(print));
        Findings both = ThreadDumpFile.analyse(write(print + said));
        assertThat(both.leaked()).isEqualTo(alone.leaked());
        assertThat(both.waiting()).isEqualTo(alone.waiting());
        assertThat(both.cannotTell()).isNull();
    }

    @Test
    void refusesWhatIsNone() throws IOException {
        String print = text("print-25.txt");
        for (List<String> bad : List.of(
                List.of("", "no thread dump"),
                List.of("<html><body>Full thread dump</body></html>", "no thread dump"),
                List.of("\u0000\u0001\u0002", "no thread dump"),
                List.of("{}", "no member threadContainers"),
                List.of("{\"threadDump\":{\"threadContainers\":[]}}", "no thread in it"),
                List.of("{\"threadDump\":{\"threadContainers\":[{\"threads\":[{\"tid\"", "cannot be read"),
                List.of("Full thread dump\n\nnothing more\n", "no thread that can be read"),
                List.of(print.substring(0, print.length() / 2), "ends within a thread print"))) {
            Path file = write(bad.getFirst());
            assertThatThrownBy(() -> ThreadDumpFile.analyse(file))
                    .as(bad.getLast())
                    .isInstanceOf(BrokenDumpException.class)
                    .hasMessageStartingWith("threads.txt")
                    .hasMessageContaining(bad.getLast())
                    .message()
                    .doesNotContain("\n");
        }
        Path none = directory.resolve("none.txt");
        assertThatThrownBy(() -> ThreadDumpFile.analyse(none)).hasMessage("there is no file none.txt");
        assertThat(ThreadDumpFile.isOne(none)).isFalse();
    }
}
