package org.leaklab.heapdump.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.hprof.PrivateFile;

/**
 * A file that another JVM writes and this process reads. Where that JVM has another user, or sees other files (a
 * container, a private {@code /tmp}), the file stands in the temporary directory of that JVM. Only this user, that user
 * and root can read it.
 *
 * @param ours the file, as this process sees it
 * @param theirs the file, as that JVM sees it
 * @param writer the other user who writes the file, or -1
 */
public record TheirFile(Path ours, Path theirs, int writer) {

    /** One that this process writes itself. */
    public static TheirFile own() throws IOException {
        Path file = PrivateFile.create(null);
        return new TheirFile(file, file, -1);
    }

    /**
     * Makes the directory for it; the file itself does not exist yet.
     *
     * @param directory where, or null for the default place; a process that sees other files or has another user cannot
     *     write there, and does not get it
     * @throws IOException if no directory can be made that both processes see
     */
    public static TheirFile of(Connection connection, @Nullable Path directory) throws IOException {
        Target target = connection.target();
        boolean otherUser = target.isOfAnother();
        if (!otherUser && target.seesTheSameFiles()) {
            Path file = PrivateFile.create(directory);
            return new TheirFile(file, file, -1);
        }
        String temporary = connection.properties().getProperty("java.io.tmpdir", "/tmp");
        List<String> refused = new ArrayList<>();
        for (Path place : List.of(Path.of(temporary), Path.of("/tmp"), Path.of("/var/tmp"))) {
            if (!place.isAbsolute()) {
                continue;
            }
            Path seen = target.seen(place);
            try {
                Path file = PrivateFile.create(seen, otherUser);
                return new TheirFile(file, place.resolve(seen.relativize(file)), otherUser ? target.uid() : -1);
            } catch (IOException | RuntimeException e) {
                refused.add(String.valueOf(e.getMessage()));
            }
        }
        throw new IOException("process " + target.pid() + " sees other files or has another user, and its temporary"
                + " directory " + temporary + " cannot be written from here (" + refused.getFirst()
                + "): run as root, or take the dump with jcmd beside the process and name the file");
    }

    /** Another file in the same directory. */
    public TheirFile sibling(String name) {
        return new TheirFile(ours.resolveSibling(name), theirs.resolveSibling(name), writer);
    }

    /** Lets the other user write it, if there is one. */
    public void lend() throws IOException {
        if (writer >= 0) {
            PrivateFile.lend(ours, writer);
        }
    }

    /**
     * Takes it back, so that nobody else can exchange it.
     *
     * @throws IOException if it is no plain file
     */
    public void takeBack() throws IOException {
        if (writer >= 0) {
            PrivateFile.takeBack(ours, Target.ownUid());
        }
    }

    /** Removes the directory and all files in it. */
    public void delete() throws IOException {
        PrivateFile.delete(ours);
    }
}
