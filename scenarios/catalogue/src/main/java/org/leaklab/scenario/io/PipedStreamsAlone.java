package org.leaklab.scenario.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.zip.CRC32;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * An export that has nothing to write and does not close its {@code PipedOutputStream}.
 *
 * <p>The upload reads from the other end of the pipe. It wakes once a second and looks whether the thread that wrote
 * last still lives: so the JDK finds a writer that died, and {@code read} throws "Pipe broken". Here no thread ever
 * wrote, so there is none to look at. The upload wakes every second, for ever, and keeps the pipe's buffer and its
 * connection.
 *
 * <p>In a thread dump it is TIMED_WAITING in {@code Object.wait}, above {@code PipedInputStream.read}.
 */
@Leak(
        id = "piped-streams-alone",
        idiom = Idiom.JDK,
        family = Family.IO,
        stuck = 1,
        waits = Waits.SLEEPING,
        at = "PipedInputStream.read",
        cause = "the end of the data is the close of the output, and the writer ends without it",
        cure = "open the output of a pipe in try-with-resources, on the thread that writes",
        seenIn = "apache/netbeans#2986")
public final class PipedStreamsAlone implements Scenario {

    private static final Logger LOG = System.getLogger(PipedStreamsAlone.class.getName());
    private static final List<String> ROWS = List.of();

    @Override
    public void leaky(Threads threads) throws IOException {
        PipedOutputStream output = new PipedOutputStream();
        PipedInputStream input = new PipedInputStream(output);
        threads.start("upload", () -> upload(input));
        threads.start("export", () -> {
            export(ROWS, output);
        });
    }

    @Override
    public void fixed(Threads threads) throws IOException {
        PipedOutputStream output = new PipedOutputStream();
        PipedInputStream input = new PipedInputStream(output);
        threads.start("upload", () -> upload(input));
        threads.start("export", () -> {
            try (output) {
                export(ROWS, output);
            }
        });
    }

    private static void export(List<String> rows, OutputStream output) throws IOException {
        for (String row : rows) {
            output.write((row + "\n").getBytes(UTF_8));
        }
    }

    private static void upload(PipedInputStream input) throws IOException {
        try (input) {
            CRC32 sum = new CRC32();
            sum.update(input.readAllBytes());
            LOG.log(Level.DEBUG, "checksum {0}", sum.getValue());
        } catch (InterruptedIOException e) {
            Thread.currentThread().interrupt();
        }
    }
}

// java -jar benchmarks.jar run piped-streams-alone --idiom jdk
