package org.leaklab.heapdump.hprof;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that nobody else can read, in a directory of its own that nobody else can enter: a heap dump holds every
 * secret of its process.
 *
 * <p>The file stands two directories deep: {@code leaklab-detect-PID-RANDOM/out/heap.hprof}. The outer directory
 * belongs to this process's user, so that nobody else can exchange the inner one. The inner directory can belong to
 * another user, whose process writes the file. Beside it stands a lock file that this process keeps locked until it
 * ends.
 *
 * <p>The files are removed by {@link #delete}, else when this JVM ends in any way but SIGKILL, also while another
 * process still writes them. What SIGKILL left behind is removed by the next {@link #create} in the same place: it
 * looks for directories of this name and of the same user whose lock nobody holds.
 */
public final class PrivateFile {

    private static final String PREFIX = "leaklab-detect-";
    private static final String LOCK = "lock";
    private static final String INNER = "out";

    /** What a JVM writes: the dump, its pieces while several threads write it, a thread dump, a report of a probe. */
    private static final Pattern WRITTEN =
            Pattern.compile("heap\\.hprof(\\.p\\d{1,9})?|threads\\.json|attach\\.txt|options|alive|report(\\.part)?");

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Duration UNLOCKED = Duration.ofHours(1);
    private static final int TRIES = 100;
    private static final long BETWEEN_TRIES = 10_000_000;

    /** The outer directories of this process, each with the channel that holds its lock. */
    private static final Map<Path, FileChannel> LIVE = new HashMap<>();

    private static boolean hooked;
    private static boolean ends;

    private PrivateFile() {}

    /**
     * A path in a new directory; the file itself does not exist yet. In the default place for null. Sweeps the place.
     */
    public static Path create(@Nullable Path directory) throws IOException {
        return create(directory == null ? Path.of(System.getProperty("java.io.tmpdir")) : directory, false);
    }

    /**
     * The same in a given place.
     *
     * @param otherUser whether {@link #lend} will follow
     */
    public static Path create(Path directory, boolean otherUser) throws IOException {
        Path place = directory.toAbsolutePath();
        for (int tries = 0; tries < TRIES; tries++) {
            Path outer = Files.createTempDirectory(
                    place, PREFIX + ProcessHandle.current().pid() + "-");
            if (hold(outer)) {
                Path inner = outer.resolve(INNER);
                try {
                    createPrivate(inner);
                    if (otherUser) {
                        Files.setPosixFilePermissions(outer, PosixFilePermissions.fromString("rwx--x--x"));
                    }
                } catch (NoSuchFileException e) {
                    release(outer);
                    continue; // swept before it was locked
                } catch (IOException | RuntimeException e) {
                    delete(inner.resolve("heap.hprof"));
                    throw e;
                }
                if (Files.exists(outer.resolve(LOCK))) {
                    sweep(place, outer);
                    return inner.resolve("heap.hprof");
                }
            }
            release(outer);
        }
        throw new IOException("cannot make a directory in " + place + ": other processes remove it again and again");
    }

    private static void createPrivate(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createDirectory(directory);
        }
    }

    /** Gives the directory of the file to another user, so that this user can write the file. For root. */
    public static void lend(Path file, int uid) throws IOException {
        Files.setAttribute(file.getParent(), "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Takes a file back that another user has written: the file and its directory then belong to a user again, and
     * nobody else can exchange them.
     *
     * @throws IOException if it is no plain file
     */
    public static void takeBack(Path file, int uid) throws IOException {
        Files.setAttribute(file.getParent(), "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file.getFileName() + " is not the file that the process was asked to write");
        }
        Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes the file, if it exists, and its directories. Another process may be writing it meanwhile. */
    public static void delete(Path file) throws IOException {
        Path outer = file.toAbsolutePath().getParent().getParent();
        try {
            empty(outer.resolve(INNER), TRIES);
        } finally {
            release(outer);
        }
        Files.deleteIfExists(outer.resolve(LOCK));
        Files.deleteIfExists(outer);
    }

    private static boolean hold(Path outer) throws IOException {
        synchronized (LIVE) {
            if (ends) {
                Files.delete(outer);
                throw new IOException("this process is being ended");
            }
            if (!hooked) {
                Runtime.getRuntime().addShutdownHook(new Thread(PrivateFile::end, "leaklab-removes-dumps"));
                hooked = true;
            }
            FileChannel channel;
            try {
                channel =
                        FileChannel.open(outer.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (NoSuchFileException e) {
                return false;
            }
            LIVE.put(outer, channel);
            try {
                return channel.tryLock() != null;
            } catch (IOException e) {
                return true; // a file system without locks: nothing is swept there
            }
        }
    }

    private static void release(Path outer) throws IOException {
        synchronized (LIVE) {
            FileChannel channel = LIVE.remove(outer);
            if (channel != null) {
                channel.close();
            }
        }
    }

    /** When the JVM ends: whatever is left of this process. */
    private static void end() {
        List<Path> left;
        synchronized (LIVE) {
            ends = true;
            left = List.copyOf(LIVE.keySet());
        }
        for (Path outer : left) {
            try {
                delete(outer.resolve(INNER).resolve("heap.hprof"));
            } catch (IOException e) {
                // nobody is left to hear of it; the next run sweeps it
            }
        }
    }

    /** Removes the inner directory, though files may still be made in it: then it is tried again. */
    private static void empty(Path inner, int most) throws IOException {
        for (int tries = 1; ; tries++) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(inner, PrivateFile::isWritten)) {
                for (Path each : files) {
                    Files.deleteIfExists(each);
                }
            } catch (NoSuchFileException e) {
                return;
            }
            try {
                Files.deleteIfExists(inner);
                return;
            } catch (DirectoryNotEmptyException e) {
                if (tries == most) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_TRIES);
            }
        }
    }

    private static boolean isWritten(Path file) {
        return WRITTEN.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** Removes what killed processes left in the same place. Whatever cannot be removed stays. */
    private static void sweep(Path place, Path own) {
        String ours = PREFIX + ProcessHandle.current().pid() + "-"; // closing their lock files would unlock them
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(place, PREFIX + "*")) {
            for (Path outer : directories) {
                if (!String.valueOf(outer.getFileName()).startsWith(ours)
                        && Files.isDirectory(outer, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(outer, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own))) {
                    sweepOne(outer);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // it stays until a later run
        }
    }

    private static void sweepOne(Path outer) {
        Path lock = outer.resolve(LOCK);
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            FileLock held = channel.tryLock();
            if (held != null) {
                empty(outer.resolve(INNER), 1); // nobody makes files in it any more
                Files.deleteIfExists(lock);
                Files.deleteIfExists(outer);
            }
        } catch (NoSuchFileException e) {
            sweepUnlocked(outer);
        } catch (IOException | OverlappingFileLockException e) {
            // it stays until a later run
        }
    }

    /** Killed before it had a lock: then it is empty. */
    private static void sweepUnlocked(Path outer) {
        try {
            Instant made =
                    Files.getLastModifiedTime(outer, LinkOption.NOFOLLOW_LINKS).toInstant();
            if (made.isBefore(Instant.now().minus(UNLOCKED))) {
                Files.delete(outer); // refused unless it is empty
            }
        } catch (IOException e) {
            // it stays until a later run
        }
    }
}
