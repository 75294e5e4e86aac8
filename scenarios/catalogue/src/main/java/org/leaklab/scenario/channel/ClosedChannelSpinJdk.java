package org.leaklab.scenario.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.Writer;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A consumer that gets null from a reader at the end of its stream, takes it for "nothing yet", and tries again.
 *
 * <p>{@link BufferedReader#readLine()} waits while there is nothing yet. Null means that the other end is closed, and
 * each further call returns null at once. So the loop neither waits nor ends: the thread keeps a processor busy, and a
 * virtual one keeps its carrier from all other virtual threads. The same mistake with {@code read} looks at -1 as if it
 * were 0. No interrupt ends the loop, because nothing in it waits.
 *
 * <p>{@code jstack} shows the consumer as {@code RUNNABLE}. Caught in {@code readLine}, it looks as if it waited for a
 * line from a socket. Its {@code cpu} tells the difference: it grows from dump to dump.
 */
@Leak(
        id = "closed-channel-spin",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 1,
        waits = Waits.SPINNING,
        at = "ClosedChannelSpinJdk.printForEver",
        endedBy = EndedBy.WORK,
        cause =
                "a reader at the end of its stream answers every call at once, and the loop does not stop at that answer",
        seenIn = {"javaee/grizzly#1573", "trifork/erjang#32"},
        cure = "end the loop at null or -1, which mean the end of the stream",
        notReported = "It computes, and no detector can know that a loop never ends. Count, profile and "
                + "verify show that the thread is there.")
public final class ClosedChannelSpinJdk implements Scenario {

    @Override
    public void leaky(Threads threads) throws IOException {
        PipedReader pipe = new PipedReader();
        StringBuilder page = new StringBuilder();
        feed(pipe);
        threads.start("consumer", () -> printForEver(threads, new BufferedReader(pipe), page));
    }

    @Override
    public void fixed(Threads threads) throws IOException {
        PipedReader pipe = new PipedReader();
        StringBuilder page = new StringBuilder();
        feed(pipe);
        threads.start("consumer", () -> printUntilClosed(threads, new BufferedReader(pipe), page));
    }

    private static void printForEver(Threads threads, BufferedReader lines, StringBuilder page) throws IOException {
        while (true) {
            threads.work(); // what a turn of the loop costs
            String line = lines.readLine();
            if (line == null) {
                continue;
            }
            page.append(line);
        }
    }

    private static void printUntilClosed(Threads threads, BufferedReader lines, StringBuilder page) throws IOException {
        while (true) {
            threads.work(); // what a turn of the loop costs
            String line = lines.readLine();
            if (line == null) {
                return;
            }
            page.append(line);
        }
    }

    private static void feed(PipedReader pipe) throws IOException {
        try (Writer lines = new PipedWriter(pipe)) {
            lines.write("first line\nlast line\n");
        }
    }
}

// java -jar benchmarks.jar run closed-channel-spin --idiom jdk
