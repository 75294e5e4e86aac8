package org.leaklab.heapdump.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.heapdump.Deadlocked;
import org.leaklab.heapdump.testing.ChildJvm;

/** Each way to give a JVM commands gives the same. */
class CommandsTest {

    private static ChildJvm child;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        child = ChildJvm.start(List.of(), Deadlocked.class);
        VirtualMachine.attach(Long.toString(child.pid())).detach();
    }

    @AfterAll
    static void end() {
        child.close();
    }

    private static AttachSocket socket() {
        Path socket = new Target(child.pid()).socket();
        assumeTrue(socket != null, "this system has attach sockets");
        return new AttachSocket(child.pid(), socket);
    }

    private void works(Commands commands) throws IOException {
        assertThat(commands.run("Thread.print", "-l", "-e")).contains("Full thread dump", "Locked ownable");
        Path file = directory.resolve("a dump.hprof");
        assertThat(commands.dumpHeap(file)).contains(Commands.WRITTEN);
        assertThat(Files.size(file)).isPositive();
    }

    @Test
    void overTheSocket() throws IOException {
        works(socket());
    }

    @Test
    void byJcmd() throws IOException {
        works(new JcmdProcess(child.pid()));
    }

    @Test
    void inThisJvm() throws IOException {
        works(new OwnCommands());
    }

    @Test
    void sayWhatTheJvmRefuses() throws IOException {
        for (Commands commands : List.of(socket(), new JcmdProcess(child.pid()), new OwnCommands())) {
            assertThatThrownBy(() -> commands.run("No.such"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("refuses");
        }
    }

    /** A socket that somebody listens at, and that nobody answers. */
    @Test
    void aJvmThatDoesNotAnswerIsGivenUp() throws IOException {
        Path silent = directory.resolve("silent");
        try (ServerSocketChannel listens = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listens.bind(UnixDomainSocketAddress.of(silent));
            Commands commands = new AttachSocket(42, silent, Duration.ofMillis(100));
            assertThatThrownBy(() -> commands.run("GC.heap_info"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("process 42 has not answered for 0 s");
        }
        assertThatThrownBy(() -> Patience.wait(42, Duration.ofMillis(100), () -> {
                    new CountDownLatch(1).await();
                    return "never";
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("process 42 has not answered");
    }

    @Test
    void whatTheAskingThrowsIsThrown() {
        assertThatThrownBy(() -> Patience.wait(42, Patience.LIMIT, () -> {
                    throw new IllegalArgumentException("refused");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("refused");
    }

    @Test
    void doNotTellAnythingButAWholeDumpForWritten() throws IOException {
        Path there = Files.writeString(directory.resolve("there"), "kept");
        assertThat(socket().dumpHeap(there)).doesNotContain(Commands.WRITTEN);
        assertThat(there).hasContent("kept");
    }
}
