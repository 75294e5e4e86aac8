package org.leaklab.live;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.ThreadDumpFile;
import org.leaklab.heapdump.process.Connection;
import org.leaklab.heapdump.process.HeapUse;
import org.leaklab.heapdump.process.OwnCommands;
import org.leaklab.heapdump.process.Target;
import org.leaklab.heapdump.process.TheirFile;

/**
 * Looks for leaked virtual threads of another JVM, without a heap dump and without a restart. That JVM needs no option,
 * and knows nothing of leaklab.
 *
 * <p>{@link #probe} loads an agent into that JVM. The agent takes the parked virtual threads out of the sets of the
 * JDK, lets the JVM collect, and puts all of them back. The JVM stands still for two to five full collections: one if
 * it has not collected for a second, one that tests the method on two threads of the probe's own, one over all threads,
 * and one or two over those that it has found. Afterwards everything is as before, but for three things. The JVM has
 * one more class on its class path. Packages of {@code java.base} are opened to a module that is gone. And what nothing
 * but leaked threads held, the collection has treated as garbage: weak references to it are cleared, and its finalizers
 * have run.
 *
 * <p>Not safe for use by several threads.
 */
public final class LiveProbe {

    /** Measured on two cores: 0.2 s with G1 and Parallel, 0.5 s with Serial. Half of that, for it is an estimate. */
    private static final double BYTES_A_SECOND = 1e9;

    private static final int MOST_COLLECTIONS = 5;
    private static final long LOOK_MILLIS = 5;
    private static final FileTime NO_SIGN = FileTime.fromMillis(0);

    private final long pid;
    private final @Nullable Path directory;
    private final Connection connection;
    private final Loading loading;
    private final long usedBytes;

    private LiveProbe(long pid, @Nullable Path directory, Connection connection, Loading loading) throws IOException {
        this.pid = pid;
        this.directory = directory;
        this.connection = connection;
        this.loading = loading;
        this.usedBytes = HeapUse.bytes(connection.commands());
    }

    /**
     * Attaches to another process. It must be of the same user, or the current user must be root. Nothing is loaded
     * yet.
     *
     * @param directory the folder in which to make the temporary directory for the report, or null for the default one
     * @throws IllegalArgumentException if there is no such process, if it is the current one, if it is not a HotSpot
     *     JVM, or if it refuses; the message is one sentence
     * @throws ProbeRefusedException if the JVM runs with an option that does not allow a probe
     * @throws IOException if the connection fails
     */
    public static LiveProbe attach(long pid, @Nullable Path directory) throws IOException {
        Connection connection = Connection.to(pid);
        TargetFlags.check(connection);
        TargetFlags.checkLoading(connection);
        return new LiveProbe(pid, directory, connection, new LoadingByAttach(pid));
    }

    /**
     * Probes the current JVM itself. If its command line opens the packages that the probe needs to all unnamed
     * modules, the probe runs at once. Otherwise a child process of the same Java attaches to this JVM and loads it.
     *
     * @throws ProbeRefusedException if this JVM runs with an option that does not allow a probe
     * @throws IOException if this JVM does not answer
     */
    public static LiveProbe ofThisJvm() throws IOException {
        long pid = ProcessHandle.current().pid();
        Connection connection = new Connection(new Target(pid), new OwnCommands(), System.getProperties());
        TargetFlags.check(connection);
        return new LiveProbe(pid, null, connection, new LoadingInside());
    }

    /** Returns the bytes of its heap that were in use when this object was made, with garbage. */
    public long usedBytes() {
        return usedBytes;
    }

    /**
     * Returns an estimate of how long the JVM stands still for one full collection. Parked virtual threads add about
     * one second for 100,000 of them; how many there are is known in that JVM alone, which refuses by that.
     */
    public Duration pause() {
        return Duration.ofMillis((long) (1000 * usedBytes / BYTES_A_SECOND));
    }

    /**
     * Makes one probe.
     *
     * @throws ProbeRefusedException if this JVM cannot be probed, or another probe is at work in it; none of its
     *     threads was touched
     * @throws IOException if the probe fails, or does not answer in time; its threads are put back all the same
     */
    public LiveReport probe(ProbeOptions options) throws IOException {
        return probe(options, "");
    }

    /**
     * Asks that JVM who waits for whom. A thread print proves deadlocks of platform threads and of mounted virtual
     * ones; that JVM stands still for some milliseconds. On JDK 26 and later two JSON thread dumps show deadlocks of
     * all virtual threads, which are suspects, because that JVM runs on meanwhile.
     *
     * @param report what the probe found: how many virtual threads there are
     * @throws IOException if the connection fails, or what that JVM writes cannot be read
     */
    public SeenLocks locks(LiveReport report) throws IOException {
        Findings print = ThreadDumpFile.ofPrint(connection.commands().run("Thread.print", "-l"), Instant.now());
        TheirFile file = TheirFile.of(connection, directory).sibling("threads.json");
        try {
            return VirtualDeadlocks.beside(print, connection.feature(), report.virtual(), connection.commands(), file);
        } finally {
            file.delete();
        }
    }

    /** The same with a place where the probe fails; only a JVM that was started for that heeds it. */
    LiveReport probe(ProbeOptions options, String failure) throws IOException {
        if (pause().compareTo(options.maxPause()) > 0) {
            throw new ProbeRefusedException("a collection of the " + (usedBytes >> 20)
                    + " MB of this heap is expected to take " + pause().toMillis() + " ms, more than the "
                    + options.maxPause().toMillis() + " ms allowed: allow more, or try when less of it is in use");
        }
        TheirFile report = TheirFile.of(connection, directory).sibling("report");
        try {
            writeOptions(report.ours().resolveSibling("options"), options, failure);
            report.lend();
            loading.load(connection, Objects.requireNonNull(report.theirs().getParent()));
            await(report.ours(), options);
            report.takeBack();
            return ReportReader.read(report.ours());
        } finally {
            report.delete();
        }
    }

    private void writeOptions(Path file, ProbeOptions options, String failure) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(
                "who", "process " + ProcessHandle.current().pid() + " of user " + System.getProperty("user.name", "?"));
        properties.setProperty("reason", options.reason());
        properties.setProperty("fast", Boolean.toString(options.fast()));
        properties.setProperty("reap", Integer.toString(options.reap()));
        properties.setProperty("limit", Long.toString(options.finalizers().toMillis()));
        properties.setProperty("maxPause", Long.toString(options.maxPause().toMillis()));
        properties.setProperty("failure", failure);
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        AgentFiles.allow(file, "rw-r--r--"); // in a folder that nobody else can enter
    }

    private void await(Path report, ProbeOptions options) throws IOException {
        Duration limit = options.timeout().plus(pause().multipliedBy(MOST_COLLECTIONS));
        long deadline = System.nanoTime() + limit.toNanos();
        FileTime sign = NO_SIGN;
        while (!Files.exists(report, LinkOption.NOFOLLOW_LINKS)) {
            FileTime last = signOfLife(report);
            if (!last.equals(sign)) {
                sign = last;
                deadline = System.nanoTime() + limit.toNanos();
            }
            if (ProcessHandle.of(pid).isEmpty()) {
                throw new IOException("process " + pid + " has ended during the probe");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        "process " + pid + " has given no sign of life for " + limit.toSeconds()
                                + " s of the probe: it hangs, or it is stopped or starved; its threads are put back when it goes on");
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while process " + pid + " was probed; its threads are put back", e);
            }
        }
    }

    /** When the probe has last said that it goes on, which it does after each collection. */
    private static FileTime signOfLife(Path report) {
        try {
            return Files.getLastModifiedTime(report.resolveSibling("alive"), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return NO_SIGN;
        }
    }
}
