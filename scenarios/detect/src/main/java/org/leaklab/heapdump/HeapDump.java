package org.leaklab.heapdump;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.evidence.ThreadEvidence;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.graph.HeapLoader;
import org.leaklab.heapdump.hprof.DumpFile;
import org.leaklab.heapdump.hprof.MalformedDumpException;
import org.leaklab.heapdump.judge.Judgement;

/**
 * Finds the threads that can never be woken in a heap dump. The dump is an HPROF file of version 1.0.1 or 1.0.2, plain
 * or gzipped, that JDK 21 or newer wrote. JDK 21 writes no stacks of virtual threads: a dump with virtual threads that
 * have begun to run allows no verdict there.
 *
 * <p>A thread is leaked if it waits without a timeout and nothing alive can reach what it waits on. The roots of the
 * JVM and the stacks of running threads are alive, and so is everything that they reach. If something alive can wake a
 * waiting thread, the stack of this thread is alive too. A thread that cannot be judged counts as alive; the findings
 * list it as unknown, with the reason.
 *
 * <p>The analysis reads class files too, to see which monitors a method enters. It does not load or run them. Which
 * ones it may open says {@link Analysis}: of a dump file none but those that the caller names.
 *
 * <p>Safe for use by several threads.
 */
public final class HeapDump {

    private HeapDump() {}

    /**
     * Hears how far the analysis of a dump has come. The analysing thread calls it, and calls it often. So it must be
     * quick, and should show something only from time to time.
     */
    @FunctionalInterface
    public interface Progress {

        /** Ignores all calls. */
        Progress NONE = (doing, done, all) -> {};

        /**
         * Tells how far the analysis has come.
         *
         * @param doing what the analysis is doing, a participle such as {@code marking}
         * @param done how much of this is done; the unit depends on {@code doing}
         * @param all the total in the same unit, or -1 if it is not known
         */
        void at(String doing, long done, long all);
    }

    /**
     * Thrown if a file is not a heap dump, or not a complete one. The message is one sentence: what is wrong, and
     * where.
     */
    public static final class BrokenDumpException extends IOException {

        private static final long serialVersionUID = 1;

        BrokenDumpException(String message, @Nullable Throwable cause) {
            super(oneLine(message), cause);
        }

        /** A message may quote the dump, and a damaged one has anything in it. */
        private static String oneLine(String message) {
            return Printable.of(message);
        }
    }

    /**
     * Analyses a file, without progress.
     *
     * @throws BrokenDumpException if the file does not exist, is not a heap dump, or is not complete
     * @throws IOException if the file cannot be read
     */
    public static Findings analyse(Path file) throws IOException {
        return analyse(file, Progress.NONE);
    }

    /**
     * Analyses a file, and returns when the analysis is complete. It needs about 10 bytes of memory per object of the
     * dump, and 4 more if threads have leaked. It maps the file into memory, so nothing may change the file meanwhile.
     * If the dump is gzipped, it first unpacks it into a private temporary file, which it removes.
     *
     * @param file the heap dump
     * @param progress hears how far the analysis has come
     * @throws BrokenDumpException if the file does not exist, is not a heap dump, or is not complete
     * @throws IOException if the file cannot be read
     */
    public static Findings analyse(Path file, Progress progress) throws IOException {
        return analyse(file, Analysis.ofFile(), progress);
    }

    /**
     * Analyses a file with what else may be used.
     *
     * @param file the heap dump
     * @param analysis what to leave out, and where class files may be read from
     * @param progress hears how far the analysis has come
     * @throws BrokenDumpException if the file does not exist, is not a heap dump, or is not complete
     * @throws IOException if the file cannot be read
     */
    public static Findings analyse(Path file, Analysis analysis, Progress progress) throws IOException {
        return read(file, analysis, progress, heap -> {
            Judgement judgement = Judgement.of(heap, analysis.sources(), ThreadEvidence.NONE, progress::at);
            return new Summary(heap, analysis, judgement, Confirmation.NONE).findings();
        });
    }

    /**
     * Analyses the last dump of a process, with what the process said of its threads right after it: which monitors
     * they own, and which class initializers they wait for. Then looks at the leaked threads again. A thread that has
     * gone on is not leaked; one that was seen in the same place is confirmed.
     *
     * @param jvm the process, of which {@link RunningJvm#dump} has been called
     * @param analysis what else may be used
     * @param again whether to take a second dump if threads are leaked, and to confirm those that are leaked in both.
     *     The process stands still for it once more. The findings are those of the second dump, which replaces the
     *     first
     * @param progress hears how far the analysis has come
     * @throws BrokenDumpException if the file is not complete
     * @throws IOException if the file cannot be read, or the process does not answer any more
     */
    public static Findings analyse(RunningJvm jvm, Analysis analysis, boolean again, Progress progress)
            throws IOException {
        return new LiveAnalysis(jvm, analysis, progress).findings(again);
    }

    /** What is done with the objects of a dump. */
    @FunctionalInterface
    interface Step {
        Findings of(Heap heap) throws IOException;
    }

    /** Reads a file for an analysis. */
    static Findings read(Path file, Analysis analysis, Progress progress, Step step) throws IOException {
        try {
            DumpFile dump = DumpFile.open(file, progress::at);
            Heap heap = HeapLoader.load(dump, analysis.leftOut(), Judgement::kind, progress::at);
            return step.of(heap);
        } catch (MalformedDumpException e) {
            throw new BrokenDumpException(String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new BrokenDumpException("there is no file " + file.getFileName(), e);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) { // lengths are checked, contents are not
            throw new BrokenDumpException(
                    file.getFileName() + " is damaged: a record points to nothing; take the dump again", e);
        }
    }
}
