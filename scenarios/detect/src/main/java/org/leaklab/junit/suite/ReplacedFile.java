package org.leaklab.junit.suite;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;

/**
 * Writes a file under a temporary name and renames it, so that nobody reads a half of it. The new file has the
 * permissions of the one that it replaces. A symbolic link to a file stays one.
 */
final class ReplacedFile {

    private ReplacedFile() {}

    static void write(Path file, String text) throws IOException {
        boolean replaces = Files.exists(file);
        Path whole = replaces ? file.toRealPath() : file.toAbsolutePath();
        Path folder = whole.getParent();
        if (folder == null || Files.isDirectory(whole)) {
            throw new IOException(file + " is no file");
        }
        Files.createDirectories(folder);
        // not by createTempFile, whose files only their owner can read
        Path temporary = folder.resolve("." + whole.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.writeString(temporary, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            PosixFileAttributeView before = Files.getFileAttributeView(whole, PosixFileAttributeView.class);
            if (replaces && before != null) {
                Files.setPosixFilePermissions(temporary, before.readAttributes().permissions());
            }
            try {
                Files.move(temporary, whole, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, whole, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
