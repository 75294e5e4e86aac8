package org.leaklab.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.heapdump.evidence.JsonThreadDump;
import org.leaklab.heapdump.evidence.PrintedThread;
import org.leaklab.heapdump.evidence.ThreadPrint;
import org.leaklab.heapdump.testing.ChildJvm;
import org.leaklab.heapdump.testing.Signals;
import org.leaklab.testing.Eventually;

/** What is asked of another JVM leaves nothing behind in it, and works where it shares little with this one. */
class RunningJvmTest {

    private static final boolean LINUX = Files.exists(Path.of("/proc/self/status"));
    private static final int PORT_TABLE_INODE = 9;

    @TempDir
    private Path directory;

    /** Asks for a dump and never comes to remove it. */
    public static final class Asks {
        private Asks() {}

        public static void main(String[] arguments) throws IOException {
            RunningJvm jvm = RunningJvm.attach(Long.parseLong(arguments[0]), Path.of(arguments[1]));
            System.out.println("ready");
            jvm.dump();
            while (System.in.read() >= 0) {}
        }
    }

    /** The inodes of its TCP sockets. */
    private static Set<String> tcpSockets(long pid) throws IOException {
        Set<String> all = new HashSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table))) {
                all.add("socket:[" + line.strip().split("\\s+")[PORT_TABLE_INODE] + "]");
            }
        }
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            Set<String> own = new HashSet<>();
            for (Path each : open.toList()) {
                try {
                    own.add(Files.readSymbolicLink(each).toString());
                } catch (IOException e) {
                    assertThat(each).doesNotExist(); // closed meanwhile
                }
            }
            all.retainAll(own);
        }
        return all;
    }

    private static Process start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader out = process.inputReader();
        List<String> said = new ArrayList<>();
        for (String line; (line = out.readLine()) != null; said.add(line)) {
            if (line.equals("ready")) {
                return process;
            }
        }
        throw new AssertionError(command + " is not ready: " + said);
    }

    private static boolean works(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The program, where every user may read it. */
    private Path program() throws IOException {
        Path name = Path.of(Deadlocked.class.getName().replace('.', '/') + ".class");
        Path copy = directory.resolve("program").resolve(name);
        Files.createDirectories(copy.getParent());
        try (var in = Deadlocked.class.getResourceAsStream("/" + name)) {
            Files.copy(in, copy);
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.toList()) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return directory.resolve("program");
    }

    private static void dumps(long pid, Path place) throws IOException {
        try (RunningJvm jvm = RunningJvm.attach(pid, place)) {
            assertThat(jvm.usedBytes()).isPositive();
            for (int i = 0; i < 2; i++) {
                Path dump = jvm.dump();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump)))
                        .isEqualTo("rw-------");
                assertThat(Files.getOwner(dump)).isEqualTo(Files.getOwner(place));
                assertThat(HeapDump.analyse(dump).platform()).isGreaterThan(2);
            }
            assertThat(jvm.threadPrint().isWhole()).isTrue();
            if (jvm.writesVirtualThreads()) {
                assertThat(jvm.virtualThreads().hasStates()).isTrue();
            }
        }
        try (Stream<Path> left = Files.list(place)) {
            assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith("leaklab"));
        }
    }

    @Test
    void opensNoPort() throws Exception {
        assumeTrue(LINUX, "/proc tells");
        try (ChildJvm child = ChildJvm.start(List.of(), Deadlocked.class)) {
            Set<String> before = tcpSockets(child.pid());
            dumps(child.pid(), directory);
            assertThat(tcpSockets(child.pid())).isEqualTo(before);
        }
    }

    @Test
    void needsNoModuleButTheBase() throws Exception {
        Path image = directory.resolve("image");
        ToolProvider jlink = ToolProvider.findFirst("jlink").orElse(null);
        assumeTrue(jlink != null, "jlink is a module of its own");
        int code = jlink.run(System.out, System.err, "--add-modules", "java.base", "--output", image.toString());
        assumeTrue(code == 0, "this JDK can be linked");
        String java = image.resolve("bin/java").toString();
        assumeTrue(works(java, "-version"), "the image of this JDK runs here");
        Process process = start(List.of(java, "-cp", program().toString(), Deadlocked.class.getName()));
        try {
            dumps(process.pid(), directory);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void worksForAnotherUserWithATemporaryDirectoryOfItsOwn() throws Exception {
        List<String> apart = List.of("unshare", "-m", "sh", "-c");
        String other = "setpriv --reuid=65534 --regid=65534 --clear-groups ";
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path program = program();
        assumeTrue(LINUX && works("unshare", "-m", "sh", "-c", other + java + " -version"), "root, with unshare");
        List<String> command = new ArrayList<>(apart);
        command.add("mkdir -p /mnt/leaklab 2>/dev/null; mount -t tmpfs tmpfs /mnt && cp -r " + program
                + " /mnt/p && mount -t tmpfs tmpfs /tmp && chmod 1777 /tmp && exec " + other + java + " -cp /mnt/p "
                + Deadlocked.class.getName());
        Process process = start(command);
        try {
            dumps(process.pid(), directory);
            try (Stream<Path> left = Files.list(Path.of("/proc/" + process.pid() + "/root/tmp"))) {
                assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith("leaklab"));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void seesWhoOwnsWhatInARunningProgram() throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(), Deadlocked.class);
                RunningJvm jvm = RunningJvm.attach(child.pid(), directory)) {
            ThreadPrint print = jvm.threadPrint();
            assertThat(print.unread()).isEmpty();
            List<PrintedThread> circle = print.threads().stream()
                    .filter(thread -> String.valueOf(thread.name()).contains(" then "))
                    .toList();
            assertThat(circle).hasSize(2);
            assertThat(circle.getFirst().owned())
                    .contains(circle.getLast().waitsFor().address());
            assertThat(circle.getLast().owned())
                    .contains(circle.getFirst().waitsFor().address());
            if (jvm.writesVirtualThreads()) {
                JsonThreadDump dump = jvm.virtualThreads();
                JsonThreadDump.DumpedThread virtual = dump.threads().stream()
                        .filter(thread -> thread.name().equals("virtual"))
                        .findFirst()
                        .orElseThrow();
                assertThat(dump.ownerOf(virtual.blockedOn()).name()).isEqualTo("left then right");
            } else {
                assertThatThrownBy(() -> jvm.virtualThreads()).hasMessageContaining("needs JDK 26 or later");
            }
        }
    }

    @Test
    void readsTheThreadsOfThisJvm() throws Exception {
        try (RunningJvm jvm = RunningJvm.own()) {
            PrintedThread self = jvm.threadPrint().thread(Thread.currentThread().threadId());
            assertThat(self.name()).isEqualTo(Thread.currentThread().getName());
            assertThat(jvm.usedBytes()).isPositive();
        }
    }

    @Test
    void removesTheDumpThatIsStillBeingWritten() throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of("-Xmx1g"), Deadlocked.class, "400")) {
            for (String signal : Signals.ending()) {
                ChildJvm asks = ChildJvm.start(List.of(), Asks.class, Long.toString(child.pid()), directory.toString());
                Eventually.until(() -> !dumpFiles().isEmpty());
                assertThat(works("kill", "-" + signal, Long.toString(asks.pid())))
                        .isTrue();
                Eventually.until(() -> ProcessHandle.of(asks.pid()).isEmpty());
                assertThat(dumpFiles()).as(signal).isEmpty();
                try (Stream<Path> left = Files.list(directory)) {
                    assertThat(left).as(signal).isEmpty();
                }
            }
            dumps(child.pid(), directory); // it still answers
        }
    }

    private List<Path> dumpFiles() {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.getFileName().toString().startsWith("heap.hprof"))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // it went away
        }
    }
}
