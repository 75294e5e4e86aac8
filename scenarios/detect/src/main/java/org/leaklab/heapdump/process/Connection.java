package org.leaklab.heapdump.process;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Another JVM that can be given commands.
 *
 * @param target its process
 * @param commands gives it commands
 * @param properties its system properties
 */
public record Connection(Target target, Commands commands, Properties properties) {

    /**
     * Attaches to another process. It must be of the same user, or the current user must be root.
     *
     * @throws IllegalArgumentException if there is no such process, if it is the current one, if it is not a HotSpot
     *     JVM, or if it refuses; the message is one sentence
     * @throws IOException if the connection fails
     */
    public static Connection to(long pid) throws IOException {
        if (pid == ProcessHandle.current().pid()) {
            throw new IllegalArgumentException("process " + pid + " is this process itself: name another one");
        }
        if (ProcessHandle.of(pid).isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no process " + pid + ": jps -l lists the JVMs of this machine");
        }
        Target target = new Target(pid);
        if (target.isStopped()) {
            throw new IllegalArgumentException(
                    "process " + pid + " is stopped and cannot answer: let it go on with kill -CONT " + pid);
        }
        Properties properties = Patience.wait(pid, Patience.LIMIT, () -> properties(target));
        String name = properties.getProperty("java.vm.name", "?");
        if (name.contains("OpenJ9") || name.contains("J9 VM")) {
            throw new IllegalArgumentException(
                    "process " + pid + " is a " + name + ", but only HotSpot writes heap dumps with stacks");
        }
        Path socket = target.socket();
        return new Connection(
                target, socket == null ? new JcmdProcess(pid) : new AttachSocket(pid, socket), properties);
    }

    private static Properties properties(Target target) throws IOException {
        long pid = target.pid();
        VirtualMachine machine;
        try {
            machine = VirtualMachine.attach(Long.toString(pid));
        } catch (AttachNotSupportedException | IOException e) {
            throw new IllegalArgumentException(
                    target.isOfAnother() && Target.ownUid() != 0
                            ? "cannot attach to process " + pid + ": it belongs to another user, so run as that user"
                                    + " or as root"
                            : notAttached(pid),
                    e);
        }
        try {
            return machine.getSystemProperties();
        } finally {
            machine.detach();
        }
    }

    /** What is said of a process that cannot be attached to. */
    public static String notAttached(long pid) {
        return "cannot attach to process " + pid
                + ": it must be a HotSpot JVM of the same user, started without -XX:+DisableAttachMechanism";
    }

    /** Its feature release, such as 25, or 0 if it does not say. */
    public int feature() {
        String version = properties.getProperty("java.vm.specification.version", "0");
        return version.matches("\\d{1,9}") ? Integer.parseInt(version) : 0;
    }

    /** The home of its JDK, as it names that itself; null if it cannot be read. */
    public @Nullable Path home() {
        try {
            return Path.of(properties.getProperty("java.home", ""));
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
