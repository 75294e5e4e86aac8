package org.leaklab.heapdump.hprof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that nobody else can read, in a directory of its own that nobody else can enter: a heap dump holds every
 * secret of its process.
 */
public final class PrivateFile {

    private PrivateFile() {}

    /**
     * A path in a new directory; the file itself does not exist yet. In the default place for null. The JDK makes such
     * directories with mode 700.
     */
    public static Path create(@Nullable Path directory) throws IOException {
        Path own = directory == null
                ? Files.createTempDirectory("leaklab")
                : Files.createTempDirectory(directory, "leaklab");
        return own.toAbsolutePath().resolve("heap.hprof");
    }

    /** Removes the file, if it exists, and its directory. */
    public static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        Path directory = file.getParent();
        if (directory != null) {
            Files.deleteIfExists(directory);
        }
    }
}
