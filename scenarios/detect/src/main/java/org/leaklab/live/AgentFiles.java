package org.leaklab.live;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.process.Connection;

/**
 * The jars that another JVM loads, in a folder that everybody can read and only this user can write.
 *
 * <p>That JVM puts the path of the agent's jar on its class path for good. So a later probe makes the files anew at the
 * path that the JVM has noted, and its class path does not grow. The path is taken from that JVM only if it is one that
 * leaklab itself could have chosen.
 *
 * <p>Invariant: this process holds a lock in the folder for as long as it needs the folder, so that others see when it
 * was killed, and {@linkplain AbandonedFolders sweep}.
 */
final class AgentFiles implements AutoCloseable {

    static final String AGENT = "agent.jar";
    static final String PROBE = "agent-probe.jar";

    static final String LOCK = "lock";

    private static final String PREFIX = "leaklab-live-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "\\d{1,20}");
    private static final int TRIES = 100;

    /** Folders of this process: if it opened and closed their locks once more, it would lose them. */
    private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

    private final Path ours;
    private final Path theirs;
    private final FileChannel lock;

    private AgentFiles(Path ours, Path theirs, FileChannel lock) {
        this.ours = ours;
        this.theirs = theirs;
        this.lock = lock;
    }

    /**
     * Writes the jars where both processes see them.
     *
     * @param noted what that JVM has noted of an earlier probe, or null
     * @throws IOException if there is no such place
     */
    static AgentFiles write(Connection connection, @Nullable String noted) throws IOException {
        List<String> refused = new ArrayList<>();
        for (Path place : places(connection)) {
            try {
                Path seen = connection.target().seen(place);
                AgentFiles files = locked(place, seen, noted);
                files.write();
                sweep(seen);
                return files;
            } catch (IOException e) {
                refused.add(String.valueOf(e.getMessage()));
            }
        }
        throw new IOException("no temporary directory of the process can be written from here ("
                + (refused.isEmpty() ? "it names none" : refused.getFirst()) + "): run as root");
    }

    private static Set<Path> places(Connection connection) {
        Set<Path> places = new LinkedHashSet<>();
        String temporary = connection.properties().getProperty("java.io.tmpdir", "/tmp");
        for (String each : List.of(temporary, "/tmp", "/var/tmp")) {
            Path place = Path.of(each);
            if (place.isAbsolute() && each.indexOf('=') < 0) { // the JVM ends the path of an agent there
                places.add(place);
            }
        }
        return places;
    }

    /** Removes what killed processes left in a temporary directory. */
    static void sweep(Path place) {
        AbandonedFolders.sweep(
                place, name -> NAME.matcher(name).matches() && !OWN.contains(name), LOCK, List.of(AGENT, PROBE));
    }

    /** A folder with the lock of this process: the noted one if that is to be had, or else a new one. */
    private static AgentFiles locked(Path place, Path seen, @Nullable String noted) throws IOException {
        Path again = again(place, seen, noted);
        for (int tries = 0; tries < TRIES; tries++) {
            Path folder = again != null && tries == 0 ? again : Files.createTempDirectory(seen, PREFIX);
            String name = String.valueOf(folder.getFileName());
            if (!OWN.add(name)) {
                continue; // another thread loads the same probe
            }
            FileChannel lock = lock(folder);
            if (lock != null) {
                return new AgentFiles(folder, place.resolve(name), lock);
            }
            OWN.remove(name);
        }
        throw new IOException("cannot make a folder in " + seen + ": other processes remove it again and again");
    }

    /** The folder that the JVM has noted, made anew; null if it cannot be had. */
    private static @Nullable Path again(Path place, Path seen, @Nullable String noted) throws IOException {
        Path again = noted == null ? null : Path.of(noted).getParent();
        if (again == null
                || !place.equals(again.getParent())
                || !NAME.matcher(String.valueOf(again.getFileName())).matches()) {
            return null;
        }
        Path folder = seen.resolve(again.getFileName());
        try {
            return Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            boolean left = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner(seen));
            return left ? folder : null; // else planted by somebody else
        }
    }

    /** Null if another process holds it, or has swept the folder before it was locked. */
    private static @Nullable FileChannel lock(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    onlyForOwner(file));
        } catch (NoSuchFileException e) {
            return null;
        }
        boolean held = false;
        try {
            held = isLocked(channel) && Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        } finally {
            if (!held) {
                channel.close();
            }
        }
        return held ? channel : null;
    }

    /** Who can read a file can keep others from locking it. */
    private static FileAttribute<?>[] onlyForOwner(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isLocked(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true; // a file system without locks: nothing is swept there
        }
    }

    /** This user, as the file system has it. */
    private static Object owner(Path place) throws IOException {
        Path file = Files.createTempFile(place, PREFIX, ".owner");
        try {
            return Files.getOwner(file);
        } finally {
            Files.delete(file);
        }
    }

    private void write() throws IOException {
        boolean done = false;
        ours.toFile().deleteOnExit(); // last: what is registered later is deleted earlier
        try {
            ours.resolve(LOCK).toFile().deleteOnExit();
            allow(ours, "rwxr-xr-x");
            for (String name : List.of(AGENT, PROBE)) {
                try (InputStream in = AgentFiles.class.getResourceAsStream(name)) {
                    if (in == null) {
                        throw new FileNotFoundException("leaklab was built without " + name);
                    }
                    ours.resolve(name).toFile().deleteOnExit();
                    Files.copy(in, ours.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
                allow(ours.resolve(name), "rw-r--r--");
            }
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    static void allow(Path file, String mode) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        }
    }

    /** As that JVM sees it. */
    Path agent() {
        return theirs.resolve(AGENT);
    }

    /** As that JVM sees it. */
    Path probe() {
        return theirs.resolve(PROBE);
    }

    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(ours.resolve(AGENT));
            Files.deleteIfExists(ours.resolve(PROBE));
            Files.deleteIfExists(ours.resolve(LOCK)); // before it is let go of: no sweep can take the folder
            Files.deleteIfExists(ours);
        } finally {
            lock.close();
            OWN.remove(String.valueOf(ours.getFileName()));
        }
    }
}
