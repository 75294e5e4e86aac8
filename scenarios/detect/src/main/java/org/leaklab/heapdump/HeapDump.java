package org.leaklab.heapdump;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.leaklab.core.text.Printable;
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
 * ones it may open says {@link ClassSources}: of a dump file none but those that the caller names.
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

        BrokenDumpException(String message, Throwable cause) {
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
        return analyse(file, Set.of(), progress);
    }

    /**
     * Analyses a file as if some fields did not exist. A program that keeps records of its own threads can leave out
     * the fields that hold these records; otherwise the threads would count as held.
     *
     * @param file the heap dump
     * @param leftOut each field as the name of the class that declares it, a dot, and the name of the field
     * @param progress hears how far the analysis has come
     * @throws BrokenDumpException if the file does not exist, is not a heap dump, or is not complete
     * @throws IOException if the file cannot be read
     */
    public static Findings analyse(Path file, Set<String> leftOut, Progress progress) throws IOException {
        return analyse(file, leftOut, ClassSources.NONE, progress);
    }

    /**
     * The same with the class files that may be read.
     *
     * @param file the heap dump
     * @param leftOut each field as the name of the class that declares it, a dot, and the name of the field
     * @param classes where class files may be read
     * @param progress hears how far the analysis has come
     * @throws BrokenDumpException if the file does not exist, is not a heap dump, or is not complete
     * @throws IOException if the file cannot be read
     */
    public static Findings analyse(Path file, Set<String> leftOut, ClassSources classes, Progress progress)
            throws IOException {
        try {
            DumpFile dump = DumpFile.open(file, progress::at);
            Heap heap = HeapLoader.load(dump, leftOut, Judgement::needs, progress::at);
            return new Summary(heap, Judgement.of(heap, classes.sources(), progress::at)).findings();
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
