package org.leaklab.heapdump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.code.Sources;
import org.leaklab.heapdump.evidence.CompiledCode;
import org.leaklab.heapdump.evidence.JsonThreadDump;
import org.leaklab.heapdump.evidence.JsonThreadDumps;
import org.leaklab.heapdump.evidence.ThreadEvidence;
import org.leaklab.heapdump.evidence.ThreadPrint;
import org.leaklab.heapdump.process.Commands;
import org.leaklab.heapdump.process.Connection;
import org.leaklab.heapdump.process.HeapUse;
import org.leaklab.heapdump.process.OwnCommands;
import org.leaklab.heapdump.process.TheirFile;

/**
 * Takes heap dumps of a running JVM, with its live objects only. It gives that JVM the commands that {@code jcmd}
 * gives, over the attach socket. It loads no agent, and that JVM opens no port and needs no option and no module but
 * {@code java.base}. All threads of that JVM stand still while the JVM collects garbage and writes the dump.
 *
 * <p>That JVM itself writes the dump, as its own user. Where it has another user than this process, or sees other files
 * (a container, a private {@code /tmp}), the dump stands in the temporary directory of that JVM. Only this user, that
 * user and root can read it.
 *
 * <p>{@link #close} removes the temporary files. If this process is ended first, by any signal but SIGKILL, they are
 * removed as well. Not safe for use by several threads.
 */
public final class RunningJvm implements AutoCloseable {

    /** Measured: 0.3 s for 72 MB, 4 s for 640 MB. */
    private static final double BYTES_A_SECOND = 160e6;

    /** A dump has 8 bytes a reference where the heap has 4, and the names of all classes. */
    private static final double DUMP_PER_HEAP = 1.5;

    private static final long NAMES = 50L << 20;

    private final Commands commands;
    private final int feature;
    private final Sources sources;
    private final long usedBytes;

    private final TheirFile file;

    /** Whether a JVM may be asked that can crash of it. */
    private boolean atRisk;

    /** What was said right after the last dump. */
    private ThreadEvidence evidence = ThreadEvidence.NONE;

    private RunningJvm(Commands commands, int feature, Sources sources, TheirFile file) throws IOException {
        this.commands = commands;
        this.feature = feature;
        this.sources = sources;
        this.file = file;
        try {
            this.usedBytes = HeapUse.bytes(commands);
        } catch (IOException | RuntimeException e) {
            file.delete();
            throw e;
        }
    }

    /**
     * Attaches to another process. It must be of the same user, or the current user must be root.
     *
     * @param pid the process
     * @param directory the folder in which to make the temporary directory for the dump, or null for the default one. A
     *     process that sees other files or has another user cannot write there: the dump then stands in its own
     *     temporary directory
     * @throws IllegalArgumentException if there is no such process, if it is the current one, if it is not a HotSpot
     *     JVM, or if it refuses; the message is one sentence
     * @throws IOException if the connection fails, or the temporary directory cannot be made
     */
    public static RunningJvm attach(long pid, @Nullable Path directory) throws IOException {
        Connection connection = Connection.to(pid);
        Sources sources = new Sources.OfProcess(connection.home(), connection.target()::followed);
        return new RunningJvm(
                connection.commands(), connection.feature(), sources, TheirFile.of(connection, directory));
    }

    /**
     * Returns the current JVM, so that a program can analyse its own threads.
     *
     * @throws IOException if the temporary directory cannot be made
     */
    public static RunningJvm own() throws IOException {
        return new RunningJvm(
                new OwnCommands(),
                Runtime.version().feature(),
                new Sources.OfProcess(null, UnaryOperator.identity()),
                TheirFile.own());
    }

    /** Returns the bytes of its heap that were in use when this object was made, with garbage. */
    public long usedBytes() {
        return usedBytes;
    }

    /** Returns an estimate of how long the JVM stands still for a dump: one second per 160 MB of used heap. */
    public Duration pause() {
        return Duration.ofMillis((long) (1000 * usedBytes / BYTES_A_SECOND));
    }

    /**
     * Makes the JVM collect garbage and write its live objects to a file. Waits until the file is complete. Replaces
     * the file of an earlier call. The file has mode 600, in a directory of mode 700. Then asks for a thread print,
     * while objects still have the addresses of the dump; see {@link HeapDump#analyse(RunningJvm, Analysis, boolean,
     * HeapDump.Progress)}.
     *
     * @return the file; {@link #close} removes it
     * @throws IOException if the disk has too little room, or the JVM cannot write there
     */
    public Path dump() throws IOException {
        long needed = (long) (DUMP_PER_HEAP * usedBytes) + NAMES;
        Path dump = file.ours();
        long room =
                dump.getParent().toFile().getUsableSpace(); // a FileStore wants to know the mount, which we may not see
        if (room < needed) {
            throw new IOException("the disk of the temporary directory has room for " + (room >> 20)
                    + " MB, but the dump may need " + (needed >> 20)
                    + " MB: name another directory with -Djava.io.tmpdir, or a file with --keep");
        }
        Files.deleteIfExists(dump);
        file.lend();
        String before = codeList();
        String said = commands.dumpHeap(file.theirs());
        if (!said.contains(Commands.WRITTEN)) {
            throw new IOException("the JVM could not write its dump to " + file.theirs() + ": " + lastLine(said));
        }
        String after = codeList();
        file.takeBack();
        evidence = new ThreadEvidence(
                print(),
                before == null || after == null ? null : CompiledCode.of(before, after),
                () -> writesVirtualThreads() ? virtualThreads() : null);
        return dump;
    }

    /** Which code is compiled, or null if the JVM does not say it: then any may be. */
    private @Nullable String codeList() {
        try {
            return commands.run("Compiler.codelist");
        } catch (IOException e) {
            return null;
        }
    }

    private static String lastLine(String said) {
        return said.lines().reduce((first, last) -> last).orElse("it gives no reason");
    }

    /** Where its class files are. Asks nothing of the JVM, also after {@link #close}. */
    Sources sources() {
        return sources;
    }

    /** A new thread print, or null if there is none: the dump alone says enough of most threads. */
    @Nullable
    ThreadPrint print() {
        try {
            return threadPrint();
        } catch (IOException e) {
            return null;
        }
    }

    /** The file of the last dump. */
    Path file() {
        return file.ours();
    }

    /** What the JVM said right after the last dump. */
    ThreadEvidence evidence() {
        return evidence;
    }

    /**
     * Asks the JVM for the stacks of its platform threads, with their monitors. The JVM stands still for some
     * milliseconds.
     *
     * @throws IOException if the connection fails or the JVM refuses
     */
    ThreadPrint threadPrint() throws IOException {
        return ThreadPrint.of(commands.run("Thread.print", "-l", "-e"));
    }

    /**
     * Lets the analysis ask JDK 25 too for a thread dump with virtual threads, which says who owns monitors and who has
     * gone on. JDK 26 and later are always asked. JDK 25 can crash while it writes one, and the process with it.
     *
     * @return this
     */
    public RunningJvm atRisk() {
        atRisk = true;
        return this;
    }

    /** Returns whether {@link #virtualThreads} is safe there, on JDK 26 and later, or may be asked at risk. */
    boolean writesVirtualThreads() {
        return feature >= JsonThreadDumps.SAFE || atRisk && feature == JsonThreadDumps.SAFE - 1;
    }

    /**
     * Asks the JVM for the states and locks of all its threads, virtual ones too. The threads run on meanwhile.
     *
     * @throws IOException if the connection fails or the JVM refuses, or it may crash and must not be asked
     */
    JsonThreadDump virtualThreads() throws IOException {
        if (!writesVirtualThreads()) {
            throw new IOException("JDK " + feature
                    + " can crash while it writes a thread dump with virtual threads: this needs JDK 26 or later");
        }
        return JsonThreadDumps.take(commands, file.sibling("threads.json"));
    }

    /**
     * Removes the dump and its directory.
     *
     * @throws IOException if a file cannot be removed
     */
    @Override
    public void close() throws IOException {
        file.delete();
    }
}
