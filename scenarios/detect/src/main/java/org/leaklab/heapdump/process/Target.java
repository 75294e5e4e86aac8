package org.leaklab.heapdump.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What Linux tells of another process in {@code /proc}. On other systems nothing is known: the process then counts as
 * one of the same user that sees the same files.
 */
public final class Target {

    private static final Path PROC = Path.of("/proc");

    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    private final long pid;

    public Target(long pid) {
        this.pid = pid;
    }

    long pid() {
        return pid;
    }

    /** Returns whether the process belongs to another user. */
    boolean isOfAnother() {
        return uid() != ownUid();
    }

    /** Returns whether the process is stopped by a signal or a debugger, and so would not answer. */
    public boolean isStopped() {
        String state = status(Long.toString(pid), "State:");
        return state != null && (state.startsWith("T") || state.startsWith("t"));
    }

    /** Returns the effective user of the process, or -1 if it is not known. */
    public int uid() {
        return uid(Long.toString(pid));
    }

    /** Returns the effective user of the current process, or -1 if it is not known. */
    public static int ownUid() {
        return uid("self");
    }

    /** Returns whether both processes are in one mount namespace and have the same root directory. */
    public boolean seesTheSameFiles() {
        Path own = PROC.resolve("self");
        Path other = proc();
        try {
            return link(own.resolve("ns/mnt")).equals(link(other.resolve("ns/mnt")))
                    && link(own.resolve("root")).equals(link(other.resolve("root")));
        } catch (IOException | RuntimeException e) {
            return true; // no /proc, or no right to look
        }
    }

    /**
     * Returns where this process finds a file that the other one calls so. If both see the same directory under this
     * name, that is the name itself: it remains when the other process ends.
     */
    public Path seen(Path theirs) {
        if (seesTheSameFiles()) {
            return theirs;
        }
        Path through = Path.of(proc() + "/root" + theirs);
        try {
            return Files.isSameFile(through, theirs) ? theirs : through;
        } catch (IOException e) {
            return through;
        }
    }

    /**
     * Returns where this process finds a file that the other one would open by this name. Symbolic links on the way
     * lead where they lead for the other process.
     */
    public Path followed(Path theirs) {
        if (seesTheSameFiles() || !theirs.isAbsolute()) {
            return theirs;
        }
        String root = proc() + "/root";
        Path at = theirs.getRoot();
        Deque<Path> names = new ArrayDeque<>();
        theirs.forEach(names::add);
        for (int links = 0; !names.isEmpty(); ) {
            Path next = at.resolve(names.remove()).normalize();
            Path link = link(Path.of(root + next), links);
            if (link == null) {
                at = next;
                continue;
            }
            links++;
            at = link.isAbsolute() ? link.getRoot() : at;
            List<Path> before = new ArrayList<>();
            link.forEach(before::addFirst);
            before.forEach(names::addFirst);
        }
        return Path.of(root + at);
    }

    /** What a symbolic link leads to, or null if it is none, or one of too many. */
    private static @Nullable Path link(Path path, int links) {
        try {
            return links < MOST_LINKS && Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Returns the attach socket of the process, or null if there is none that this process can see. */
    public @Nullable Path socket() {
        for (Path each : List.of(
                Path.of(proc() + "/root/tmp/.java_pid" + innermostPid()),
                Path.of("/tmp/.java_pid" + pid),
                Path.of(System.getProperty("java.io.tmpdir"), ".java_pid" + pid))) { // there on macOS
            if (Files.exists(each)) {
                return each;
            }
        }
        return null;
    }

    /** Returns the number that the process has in its own namespace of processes. */
    private String innermostPid() {
        String pids = status(Long.toString(pid), "NSpid:");
        return pids == null ? Long.toString(pid) : pids.substring(pids.lastIndexOf('\t') + 1);
    }

    private Path proc() {
        return PROC.resolve(Long.toString(pid));
    }

    private static String link(Path link) throws IOException {
        return Files.readSymbolicLink(link).toString();
    }

    private static int uid(String process) {
        String uids = status(process, "Uid:"); // real, effective, saved, for files
        try {
            return uids == null ? -1 : Integer.parseInt(uids.split("\t")[1]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return -1;
        }
    }

    private static @Nullable String status(String process, String key) {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            return null;
        }
        try {
            for (String line :
                    Files.readAllLines(PROC.resolve(process).resolve("status"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(key)) {
                    return line.substring(key.length()).strip();
                }
            }
        } catch (IOException e) {
            // it has ended, or /proc is hidden
        }
        return null;
    }
}
