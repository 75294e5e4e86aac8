package org.leaklab.scenario.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A thread that gives lines to the program {@code sort}, and does not close its input.
 *
 * <p>The program sorts when it has all lines, and the end of its input is the close of the pipe. The thread has flushed
 * the pipe and not closed it, so the program waits for more. The thread waits for the sorted lines. Each waits for the
 * other. A program that asks for a password waits in the same way, when nobody is there to answer.
 *
 * <p>In a thread dump the thread is RUNNABLE in {@code FileInputStream.readBytes}, as if it worked. A virtual thread
 * keeps its carrier meanwhile.
 */
@Leak(
        id = "process-waits-for-input",
        idiom = Idiom.JDK,
        family = Family.IO,
        stuck = 1,
        waits = Waits.PROCESS,
        at = "ProcessWaitsForInput.read",
        endedBy = EndedBy.CLOSE,
        cause = "the child waits for the end of its input, which only a close of the pipe tells it",
        cure = "write to a child in try-with-resources; close its input at once if you have nothing to write",
        notReported = "The other process can write or end at any time, and no detector of this JVM can "
                + "know that it will not. Count, profile and verify show that the thread is there.",
        seenIn = {"quarkusio/quarkus#48117", "adamw7/tools#429"})
public final class ProcessWaitsForInput implements Scenario {

    private static final Logger LOG = System.getLogger(ProcessWaitsForInput.class.getName());

    @Override
    public void leaky(Threads threads) {
        threads.start("sorter", () -> {
            Process sort = startSort(threads);
            Writer lines = sort.outputWriter();
            write(lines);
            show(read(sort.inputReader()));
        });
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("sorter", () -> {
            Process sort = startSort(threads);
            try (Writer lines = sort.outputWriter()) {
                write(lines);
            }
            show(read(sort.inputReader()));
        });
    }

    /** Windows and every Unix have a program of this name. */
    private static Process startSort(Threads threads) throws IOException {
        Process process = new ProcessBuilder("sort").redirectErrorStream(true).start();
        threads.closing(process.toHandle()::destroyForcibly);
        return process;
    }

    private static void write(Writer lines) throws IOException {
        lines.write("pear\napple\n");
        lines.flush();
    }

    private static List<String> read(BufferedReader output) throws IOException {
        try (output) {
            return output.lines().toList();
        }
    }

    private static void show(List<String> sorted) {
        LOG.log(Level.DEBUG, sorted.toString());
    }
}

// java -jar benchmarks.jar run process-waits-for-input --idiom jdk
