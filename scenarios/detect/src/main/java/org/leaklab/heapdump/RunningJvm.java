package org.leaklab.heapdump;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.hprof.PrivateFile;

/**
 * Takes heap dumps of a running JVM, with its live objects only. It uses the attach API and the management beans of
 * that JVM. It loads no agent of its own, and the JVM needs no option. All threads of that JVM stand still while the
 * JVM collects garbage and writes the dump.
 *
 * <p>{@link #close} removes the temporary files. Not safe for use by several threads.
 */
public final class RunningJvm implements AutoCloseable {

    /** Measured: 0.3 s for 72 MB, 4 s for 640 MB. */
    private static final double BYTES_A_SECOND = 160e6;

    /** A dump has 8 bytes a reference where the heap has 4, and the names of all classes. */
    private static final double DUMP_PER_HEAP = 1.5;

    private static final long NAMES = 50L << 20;

    private final HotSpotDiagnosticMXBean diagnostic;
    private final long usedBytes;
    private final @Nullable JMXConnector connector;
    private final Path file;

    private RunningJvm(
            HotSpotDiagnosticMXBean diagnostic, long usedBytes, @Nullable JMXConnector connector, Path file) {
        this.diagnostic = diagnostic;
        this.usedBytes = usedBytes;
        this.connector = connector;
        this.file = file;
    }

    /**
     * Attaches to another process of the same user and starts the local management agent in it.
     *
     * @param pid the process
     * @param directory the folder in which to make the temporary directory for the dump, or null for the default one
     * @throws IllegalArgumentException if there is no such process, if it is the current one, if it is not a HotSpot
     *     JVM, or if it refuses; the message is one sentence
     * @throws IOException if the connection fails, or the temporary directory cannot be made
     */
    public static RunningJvm attach(long pid, @Nullable Path directory) throws IOException {
        if (pid == ProcessHandle.current().pid()) {
            throw new IllegalArgumentException("process " + pid + " is this process itself: name another one");
        }
        if (ProcessHandle.of(pid).isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no process " + pid + ": jps -l lists the JVMs of this machine");
        }
        VirtualMachine machine;
        try {
            machine = VirtualMachine.attach(Long.toString(pid));
        } catch (AttachNotSupportedException | IOException e) {
            throw new IllegalArgumentException(
                    "cannot attach to process " + pid + ": it must be a HotSpot JVM of the same user, started without"
                            + " -XX:+DisableAttachMechanism",
                    e);
        }
        try {
            String name = machine.getSystemProperties().getProperty("java.vm.name", "?");
            if (name.contains("OpenJ9") || name.contains("J9 VM")) {
                throw new IllegalArgumentException(
                        "process " + pid + " is a " + name + ", but only HotSpot writes heap dumps with stacks");
            }
            return connect(machine.startLocalManagementAgent(), directory);
        } finally {
            machine.detach();
        }
    }

    @SuppressWarnings("BanJNDI") // the address is what the attached JVM said of itself
    private static RunningJvm connect(String address, @Nullable Path directory) throws IOException {
        JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
        try {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            long used = ManagementFactory.newPlatformMXBeanProxy(
                            beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class)
                    .getHeapMemoryUsage()
                    .getUsed();
            HotSpotDiagnosticMXBean diagnostic = ManagementFactory.newPlatformMXBeanProxy(
                    beans, "com.sun.management:type=HotSpotDiagnostic", HotSpotDiagnosticMXBean.class);
            return new RunningJvm(diagnostic, used, connector, PrivateFile.create(directory));
        } catch (IOException | RuntimeException e) {
            connector.close();
            throw e;
        }
    }

    /**
     * Returns the current JVM, so that a program can analyse its own threads.
     *
     * @throws IOException if the temporary directory cannot be made
     */
    public static RunningJvm own() throws IOException {
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new RunningJvm(
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class),
                used,
                null,
                PrivateFile.create(null));
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
     * the file of an earlier call. The file has mode 600, in a directory of mode 700.
     *
     * @return the file; {@link #close} removes it
     * @throws IOException if the disk has too little room, or the JVM cannot write there
     */
    public Path dump() throws IOException {
        long needed = (long) (DUMP_PER_HEAP * usedBytes) + NAMES;
        long room = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
        if (room < needed) {
            throw new IOException("the disk of the temporary directory has room for " + (room >> 20)
                    + " MB, but the dump may need " + (needed >> 20)
                    + " MB: name another directory with -Djava.io.tmpdir, or a file with --keep");
        }
        Files.deleteIfExists(file);
        diagnostic.dumpHeap(file.toString(), true);
        return file;
    }

    /**
     * Removes the dump and its directory, and ends the connection to the JVM.
     *
     * @throws IOException if a file cannot be removed
     */
    @Override
    public void close() throws IOException {
        PrivateFile.delete(file);
        if (connector != null) {
            connector.close();
        }
    }
}
