package org.leaklab.live;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.process.Connection;

/**
 * The jars that another JVM loads, in a folder that everybody can read and only this user can write.
 *
 * <p>That JVM puts the path of the agent's jar on its class path for good. So a later probe makes the files anew at the
 * path that the JVM has noted, and its class path does not grow. The path is taken from that JVM only if it is one that
 * leaklab itself could have chosen.
 */
final class AgentFiles implements AutoCloseable {

    static final String AGENT = "agent.jar";
    static final String PROBE = "agent-probe.jar";

    private static final String PREFIX = "leaklab-live-";
    private static final String NAME = PREFIX + "\\d{1,20}";

    private final Path ours;
    private final Path theirs;

    private AgentFiles(Path ours, Path theirs) {
        this.ours = ours;
        this.theirs = theirs;
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
                Path folder = folder(place, seen, noted);
                AgentFiles files = new AgentFiles(folder, place.resolve(folder.getFileName()));
                files.write();
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

    private static Path folder(Path place, Path seen, @Nullable String noted) throws IOException {
        Path again = noted == null ? null : Path.of(noted).getParent();
        if (again == null
                || !place.equals(again.getParent())
                || !String.valueOf(again.getFileName()).matches(NAME)) {
            return Files.createTempDirectory(seen, PREFIX);
        }
        Path folder = seen.resolve(again.getFileName());
        try {
            return Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            boolean left = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner(seen));
            return left ? folder : Files.createTempDirectory(seen, PREFIX); // planted by somebody else
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
        Files.deleteIfExists(ours.resolve(AGENT));
        Files.deleteIfExists(ours.resolve(PROBE));
        Files.deleteIfExists(ours);
    }
}
