package org.leaklab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that takes its name when it is complete. Until then it has a temporary name in the same folder. It is removed
 * if it is never completed, also if a signal other than SIGKILL ends this process.
 */
final class PartFile implements AutoCloseable {

    private final Path file;
    private final Path part;

    /**
     * Makes it, empty.
     *
     * @throws IOException if the folder cannot be written
     */
    PartFile(Path file) throws IOException {
        this.file = file;
        Path directory = file.toAbsolutePath().getParent();
        part = Files.createTempFile(directory, "." + file.getFileName(), ".part");
        part.toFile().deleteOnExit();
    }

    /** The temporary name. */
    Path path() {
        return part;
    }

    /** Gives it its name, in place of a file that has it already. */
    void complete() throws IOException {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(part);
    }
}
