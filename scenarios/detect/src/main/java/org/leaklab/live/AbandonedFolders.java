package org.leaklab.live;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The folders that processes have left which were killed while they loaded a probe.
 *
 * <p>Who makes a folder holds the lock of a file in it for as long as it needs the folder. So if the lock is to be had,
 * that process is gone, in whatever container it was. Anybody may sweep who has the right to delete: root may, too, so
 * all is done relative to an open folder, and nobody can put a link in the place of one.
 */
final class AbandonedFolders {

    private static final Duration UNLOCKED = Duration.ofHours(1);

    private AbandonedFolders() {}

    /**
     * Removes them. Whatever cannot be removed stays.
     *
     * @param which names of folders that may be removed
     * @param lock the file that is locked
     * @param files names of the other files in such a folder
     */
    static void sweep(Path place, Predicate<String> which, String lock, List<String> files) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(place)) {
            if (all instanceof SecureDirectoryStream<Path> stream) {
                for (Path each : stream) {
                    Path name = each.getFileName();
                    if (which.test(name.toString())) {
                        sweep(stream, name, Path.of(lock), files);
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // it stays until a later probe
        }
    }

    private static void sweep(SecureDirectoryStream<Path> place, Path name, Path lock, List<String> files) {
        try (SecureDirectoryStream<Path> folder = place.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            if (isAbandoned(folder, lock, files)) {
                place.deleteDirectory(name); // refused if anything is left in it
            }
        } catch (IOException | OverlappingFileLockException e) {
            // not of this user, or not what it looks like
        }
    }

    /** Whether nobody needs a folder any more; then its files are gone. */
    private static boolean isAbandoned(SecureDirectoryStream<Path> folder, Path lock, List<String> files)
            throws IOException {
        // to read as well, or a pipe with that name would be waited for
        Set<OpenOption> options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try (SeekableByteChannel channel = folder.newByteChannel(lock, options)) {
            FileLock held = channel instanceof FileChannel file ? file.tryLock() : null;
            if (held == null) {
                return false;
            }
            for (String each : files) {
                delete(folder, Path.of(each));
            }
            delete(folder, lock);
            return true;
        } catch (NoSuchFileException e) { // killed before it had a lock: then it is empty
            Instant made = folder.getFileAttributeView(BasicFileAttributeView.class)
                    .readAttributes()
                    .lastModifiedTime()
                    .toInstant();
            return made.isBefore(Instant.now().minus(UNLOCKED));
        }
    }

    private static void delete(SecureDirectoryStream<Path> folder, Path file) throws IOException {
        try {
            folder.deleteFile(file);
        } catch (NoSuchFileException e) {
            // killed before it was written
        }
    }
}
