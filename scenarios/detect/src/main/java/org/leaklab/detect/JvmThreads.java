package org.leaklab.detect;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The live threads of this JVM, without the threads that the JDK starts for itself.
 *
 * <p>The JDK starts and ends carriers, pollers and timers when a program uses virtual threads, processes or futures.
 * This class recognizes them by their class or by their name. So it also leaves out a thread of the program whose name
 * begins like theirs, for example each worker of a {@link java.util.concurrent.ForkJoinPool} with the default name.
 *
 * <p>Platform threads can always be seen. Only {@code jdk.internal.vm.ThreadContainers} knows the virtual threads. The
 * JVM gives access to it if it was started with the option {@link #OPEN}.
 *
 * <p>Each method returns a snapshot and holds its threads only through the returned set. Safe for use by several
 * threads.
 */
public final class JvmThreads {

    /**
     * The JVM option that makes virtual threads visible. This is the form for the class path. On the module path,
     * {@code org.leaklab.detect} takes the place of {@code ALL-UNNAMED}.
     */
    public static final String OPEN = "--add-opens java.base/jdk.internal.vm=ALL-UNNAMED";

    private static final Set<String> HOUSEKEEPING_PREFIXES = Set.of(
            "VirtualThread-",
            "Read-Poller",
            "Write-Poller",
            "Read-Updater",
            "Write-Updater",
            "MasterPoller",
            "Master-Poller",
            "SubPoller",
            "Read-SubPoller",
            "Write-SubPoller",
            "Common-Cleaner",
            "process reaper",
            "CompletableFutureDelayScheduler",
            "ForkJoinPool",
            "Attach Listener",
            "Keep-Alive-");

    /** The VM's own, which live as long as it does. */
    private static final Set<String> OF_THE_VM =
            Set.of("Reference Handler", "Finalizer", "Signal Dispatcher", "Notification Thread", "DestroyJavaVM");

    /** Classes of threads that the JDK starts for itself when it needs them: carriers, and cleaners of buffers, say. */
    private static final Set<String> OF_THE_JDK =
            Set.of("jdk.internal.misc.CarrierThread", "jdk.internal.misc.InnocuousThread");

    private static final @Nullable Containers CONTAINERS = Containers.open();

    private JvmThreads() {}

    /** Returns the live platform threads, the calling thread included. */
    public static Set<Thread> platform() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] found = new Thread[root.activeCount() + 16];
        int count = root.enumerate(found, true);
        while (count == found.length) { // it may have been cut off
            found = new Thread[2 * found.length];
            count = root.enumerate(found, true);
        }
        return Arrays.stream(found, 0, count)
                .filter(thread -> !isHousekeeping(thread))
                .collect(Collectors.toSet());
    }

    /** Returns whether this JVM lets us see virtual threads. */
    public static boolean seesVirtual() {
        return CONTAINERS != null;
    }

    /**
     * Returns the live virtual threads that the JDK tracks; empty if they {@linkplain #seesVirtual cannot be seen}.
     *
     * <p>With {@code -Djdk.trackAllThreads=false} the JDK tracks only virtual threads that a thread-per-task executor
     * or a scope started. It never tracks those that a {@link Reachability} detector made collectable.
     *
     * @throws IllegalStateException if the JDK's thread containers cannot be read
     */
    public static Set<Thread> virtual() {
        return CONTAINERS == null ? Set.of() : CONTAINERS.virtual();
    }

    private static boolean isHousekeeping(Thread thread) {
        String name = thread.getName();
        return OF_THE_JDK.contains(thread.getClass().getName())
                || OF_THE_VM.contains(name)
                || HOUSEKEEPING_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** The JDK's tree of thread containers: an executor, a scope, and at the root whatever was started without one. */
    private record Containers(Method root, Method children, Method threads) {

        static @Nullable Containers open() {
            try {
                Class<?> all = Class.forName("jdk.internal.vm.ThreadContainers");
                Class<?> one = Class.forName("jdk.internal.vm.ThreadContainer");
                Containers containers =
                        new Containers(all.getMethod("root"), one.getMethod("children"), one.getMethod("threads"));
                containers.root.setAccessible(true);
                containers.children.setAccessible(true);
                containers.threads.setAccessible(true);
                return containers;
            } catch (ReflectiveOperationException | RuntimeException e) { // not opened, or of another shape
                return null;
            }
        }

        Set<Thread> virtual() {
            Set<Thread> found = new HashSet<>();
            Deque<Object> left = new ArrayDeque<>();
            try {
                left.push(root.invoke(null));
                while (!left.isEmpty()) {
                    Object container = left.pop();
                    ((Stream<?>) threads.invoke(container))
                            .map(Thread.class::cast)
                            .filter(Thread::isVirtual)
                            .forEach(found::add);
                    ((Stream<?>) children.invoke(container)).forEach(left::push);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the JDK's thread containers cannot be read: " + e, e);
            }
            return found;
        }
    }
}
