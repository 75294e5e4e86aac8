package org.leaklab.heapdump.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which files may be opened to read class files. A dump names the files that its classes came from. Only those of a
 * process of this machine are opened: in a dump from elsewhere they are names that somebody has written.
 */
public sealed interface Sources {

    /**
     * Those that the user of the analysis has named, and the JDK that runs it.
     *
     * @param classPath jars, folders of classes, and home directories of JDKs
     */
    record Named(List<Path> classPath) implements Sources {

        /**
         * Keeps a copy of the list.
         *
         * @throws IllegalArgumentException if one is neither a folder nor a jar; the message is one sentence
         */
        public Named {
            classPath = List.copyOf(classPath);
            for (Path each : classPath) {
                if (!Files.isDirectory(each)) {
                    check(each);
                }
            }
        }

        private static void check(Path file) {
            try {
                Jar.open(file, Instant.now()).close();
            } catch (IOException e) {
                String wrong = Files.isRegularFile(file) ? " is no jar that can be read: " : " does not exist: ";
                throw new IllegalArgumentException(
                        "class path: " + file + wrong + "name jars, folders of classes, or the home of a JDK", e);
            }
        }
    }

    /**
     * Those that a process has loaded its classes from, as its dump names them.
     *
     * @param home of its JDK, as that process names it, or null if it does not tell
     * @param seen gives the path by which this process finds a file that the other one calls so
     */
    record OfProcess(@Nullable Path home, UnaryOperator<Path> seen) implements Sources {}
}
