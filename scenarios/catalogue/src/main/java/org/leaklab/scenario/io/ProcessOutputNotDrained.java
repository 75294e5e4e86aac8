package org.leaklab.scenario.io;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A thread that waits for the end of a child process, and reads what it prints only after that.
 *
 * <p>The child prints into a pipe, and the pipe holds little: 64 KB on Linux. When it is full, the child is blocked in
 * its write until somebody reads. The thread would read, but it waits for the child to end. Each waits for the other.
 * With a child that prints little all goes well, so tests do not show it.
 *
 * <p>In a thread dump the thread is WAITING in {@code ProcessImpl.waitFor}, as it is while a child works. What the
 * child does shows only in the child.
 */
@Leak(
        id = "process-output-not-drained",
        idiom = Idiom.JDK,
        family = Family.IO,
        stuck = 1,
        waits = Waits.PROCESS,
        at = "ProcessImpl.waitFor",
        endedBy = EndedBy.CLOSE,
        cause = "the child cannot end before its output is read, and the output is read after its end",
        cure = "merge errors into the output, read it to its end, and then call waitFor(); or redirect both to files",
        notReported = "The other process can write or end at any time, and no detector of this JVM can "
                + "know that it will not. Count, profile and verify show that the thread is there.",
        seenIn = {"oshi/oshi#95", "dependency-check/DependencyCheck#2942", "carrot2/carrot2#586"})
public final class ProcessOutputNotDrained implements Scenario {

    private static final Logger LOG = System.getLogger(ProcessOutputNotDrained.class.getName());

    @Override
    public void leaky(Threads threads) {
        threads.start("report", () -> {
            Process java = startJava(threads);
            int exit = java.waitFor();
            String classes = read(java.inputReader());
            show(exit, classes);
        });
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("report", () -> {
            Process java = startJava(threads);
            String classes = read(java.inputReader());
            int exit = java.waitFor();
            show(exit, classes);
        });
    }

    /** Starts a Java that tells about each class that it loads: several hundred KB. */
    private static Process startJava(Threads threads) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-Xlog:class*=debug", "-version")
                .redirectErrorStream(true)
                .start();
        threads.closing(process.toHandle()::destroyForcibly);
        return process;
    }

    private static String read(Reader output) throws IOException {
        StringWriter text = new StringWriter();
        try (output) {
            output.transferTo(text);
        }
        return text.toString();
    }

    private static void show(int exit, String classes) {
        LOG.log(Level.DEBUG, "exit code {0}, {1} characters", exit, classes.length());
    }
}

// java -jar benchmarks.jar run process-output-not-drained --idiom jdk
