package org.leaklab.heapdump.process;

import java.io.IOException;
import java.nio.file.Path;

/** The diagnostic commands of a JVM, those of {@code jcmd}. Each waits until the JVM has answered. */
public interface Commands {

    /** Part of the answer to {@link #dumpHeap} if all went well. */
    String WRITTEN = "Heap dump file created";

    /**
     * Makes the JVM collect garbage and write its live objects to a file that does not exist yet.
     *
     * @param file the file, as the JVM sees it
     * @return what the JVM says; it has written a whole file only if that has {@link #WRITTEN}
     * @throws IOException if the connection fails or the JVM refuses
     */
    String dumpHeap(Path file) throws IOException;

    /**
     * Runs one command and returns what the JVM prints.
     *
     * @param name such as {@code Thread.print}
     * @param arguments each without blanks or quotes, but a path, which may have blanks
     * @throws IOException if the connection fails or the JVM says that the command failed
     */
    String run(String name, String... arguments) throws IOException;
}
