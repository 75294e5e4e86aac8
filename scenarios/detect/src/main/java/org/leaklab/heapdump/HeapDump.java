package org.leaklab.heapdump;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.graph.HeapLoader;
import org.leaklab.heapdump.hprof.DumpFile;
import org.leaklab.heapdump.hprof.MalformedDumpException;
import org.leaklab.heapdump.judge.Judgement;

/**
 * Finds the threads that can never be woken in a heap dump: an HPROF file 1.0.1 or 1.0.2, plain or gzipped, of JDK 21
 * or newer.
 *
 * <p>A thread is leaked when it waits without limit and nothing alive can reach what it waits on. Alive is what roots
 * of the JVM and stacks of running threads reach, and what those reach that they could wake. A thread that cannot be
 * judged is counted as unknown, with the reason, and taken for alive.
 */
public final class HeapDump {

    private HeapDump() {}

    /** Hears how far the analysis of a dump has come; called often, so it should look at the clock itself. */
    @FunctionalInterface
    public interface Progress {

        /** Hears nothing. */
        Progress NONE = (doing, done, all) -> {};

        /**
         * How far it is.
         *
         * @param doing what is being done, a participle
         * @param done how much of it, in a unit of its own
         * @param all how much there is in all, or -1 when nobody knows
         */
        void at(String doing, long done, long all);
    }

    /** A file that is no heap dump, or not a whole one; the message is one sentence that says what and where. */
    public static final class BrokenDumpException extends IOException {

        private static final long serialVersionUID = 1;

        BrokenDumpException(String message, Throwable cause) {
            super(oneLine(message), cause);
        }

        /** A message may quote the dump, and a damaged one has anything in it. */
        private static String oneLine(String message) {
            return message.replaceAll("\\p{Cntrl}", "?");
        }
    }

    /** Analyses a file without telling how far it is. */
    public static Findings analyse(Path file) throws IOException {
        return analyse(file, Progress.NONE);
    }

    /**
     * Analyses a file. Takes about 10 bytes of memory an object of the dump, and 4 more if threads have leaked; a
     * gzipped dump is unpacked into a private temporary file first.
     *
     * @throws BrokenDumpException if it is no heap dump, or not a whole one
     * @throws IOException if it cannot be read
     */
    public static Findings analyse(Path file, Progress progress) throws IOException {
        return analyse(file, Set.of(), progress);
    }

    /**
     * The same as if some fields did not exist. A program that keeps records of its threads can leave those out.
     *
     * @param leftOut each field as the name of the class that declares it, a dot, and its own name
     */
    public static Findings analyse(Path file, Set<String> leftOut, Progress progress) throws IOException {
        try {
            DumpFile dump = DumpFile.open(file, progress::at);
            Heap heap = HeapLoader.load(dump, leftOut, Judgement::needs, progress::at);
            return new Summary(heap, Judgement.of(heap, progress::at)).findings();
        } catch (MalformedDumpException e) {
            throw new BrokenDumpException(String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new BrokenDumpException("there is no file " + file.getFileName(), e);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) { // lengths are checked, contents are not
            throw new BrokenDumpException(
                    file.getFileName() + " is damaged: a record points to where nothing is; take the dump again", e);
        }
    }
}
