package org.leaklab.detect;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.live.OpenPackages;

/**
 * The live threads of this JVM, without the threads that the JDK starts for itself.
 *
 * <p>The JDK starts and ends carriers, pollers, timers, recorders and other helpers while a program runs. This class
 * recognizes them by their class, their thread group or their stack, never by their name alone. It has idle workers of
 * the common pool among the JDK's own threads, but not those that run code of the program. A thread that the JDK starts
 * for an object of the program is the program's, for example a worker of a {@link java.util.concurrent.ForkJoinPool} of
 * its own, or the selector of a {@code java.net.http.HttpClient}.
 *
 * <p>Platform threads can always be seen. Only {@code jdk.internal.vm.ThreadContainers} knows the virtual threads. The
 * JVM gives access to it if it was started with the option {@link #OPEN}, or after {@link #openByAgent}.
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

    /** Null until the JVM gives access to it. */
    private static volatile @Nullable Containers containers = Containers.open();

    private JvmThreads() {}

    /** Returns the live platform threads, the calling thread included. */
    public static Set<Thread> platform() {
        return all().filter(thread -> !JdkThreads.isOne(thread)).collect(Collectors.toSet());
    }

    private static ThreadGroup root() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root;
    }

    /** The live platform threads, those of the JDK included. */
    static Stream<Thread> all() {
        ThreadGroup root = root();
        Thread[] found = new Thread[root.activeCount() + 16];
        int count = root.enumerate(found, true);
        while (count == found.length) { // it may have been cut off
            found = new Thread[2 * found.length];
            count = root.enumerate(found, true);
        }
        return Arrays.stream(found, 0, count);
    }

    /**
     * Returns whether this JVM lets us see all virtual threads that the JDK knows. With
     * {@code -Djdk.trackAllThreads=false} it does not.
     */
    public static boolean seesVirtual() {
        Containers seen = containers;
        return seen != null && seen.trackAll();
    }

    /**
     * Makes virtual threads visible in a JVM that was started without {@link #OPEN}: a child process of the same Java
     * attaches to this JVM, and its agent opens the list of virtual threads to leaklab. Also opened is
     * {@code java.lang}, so that {@link Origin#of(ThreadSource.Watched)} knows the origin of threads that no launcher
     * started. The JVM prints a warning that an agent was loaded. Does nothing if virtual threads are visible.
     *
     * @return whether virtual threads are visible now
     * @throws IOException if no agent can be loaded; the message is one sentence that says why
     */
    public static boolean openByAgent() throws IOException {
        if (containers == null) {
            OpenPackages.open(JvmThreads.class, Set.of("java.lang", "jdk.internal.vm"));
            containers = Containers.open();
        }
        return seesVirtual();
    }

    /**
     * Returns whether a virtual thread has run in this JVM. If none has, there is none that could not be seen. The JDK
     * makes the thread group of its carriers for the first virtual thread, and keeps it.
     */
    public static boolean virtualThreadsHaveRun() {
        ThreadGroup root = root();
        ThreadGroup[] groups = new ThreadGroup[root.activeGroupCount() + 16];
        int count = root.enumerate(groups, true);
        while (count == groups.length) {
            groups = new ThreadGroup[2 * groups.length];
            count = root.enumerate(groups, true);
        }
        return Arrays.stream(groups, 0, count).anyMatch(group -> group.getName().equals("CarrierThreads"))
                || !virtual().isEmpty();
    }

    /**
     * Returns what to change so that virtual threads are seen, as lines: for Maven, for Gradle and for a command line.
     * One line that says why if no option of the JVM would help.
     */
    public static String howToSeeVirtual() {
        return remedy() + linesOfBuild();
    }

    /** What to put into a build; empty if no option would help. */
    static String linesOfBuild() {
        return wantsOption()
                ? "\n  Maven, in the configuration of maven-surefire-plugin: <argLine>" + option() + "</argLine>"
                        + "\n  Gradle: tasks.test { jvmArgs(\"" + option().replace(' ', '=') + "\") }"
                : "";
    }

    /** What to do where virtual threads cannot be seen; a clause that fits behind a colon. */
    static String remedy() {
        if (containers != null) {
            return "this JVM runs with -Djdk.trackAllThreads=false; leave this option out";
        }
        return isOpen()
                ? "this JDK (" + Runtime.version() + ") keeps its list of virtual threads in a form that leaklab"
                        + " does not know; use another version of one of the two"
                : "run the JVM with " + option();
    }

    /** Whether the list of virtual threads would be seen with {@link #option()}. */
    static boolean wantsOption() {
        return containers == null && !isOpen();
    }

    /** {@link #OPEN}, in the form that this JVM needs: on the class path, or on the module path. */
    static String option() {
        Module module = JvmThreads.class.getModule();
        return module.isNamed() ? OPEN.replace("ALL-UNNAMED", module.getName()) : OPEN;
    }

    private static boolean isOpen() {
        return Object.class.getModule().isOpen("jdk.internal.vm", JvmThreads.class.getModule());
    }

    /**
     * Returns the option of the JVM with which {@link Origin#of(ThreadSource.Watched)} knows the origin of all threads,
     * or an empty text if it does already.
     */
    public static String optionForOrigins() {
        Module module = JvmThreads.class.getModule();
        return Object.class.getModule().isOpen("java.lang", module)
                ? ""
                : "--add-opens java.base/java.lang=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
    }

    /**
     * Returns the live virtual threads that the JDK tracks, without its own; empty if the JVM does not give access to
     * them.
     *
     * <p>With {@code -Djdk.trackAllThreads=false} the JDK tracks only virtual threads that a thread-per-task executor
     * or a scope started. It never tracks those that a {@link Reachability} detector made collectable.
     *
     * @throws IllegalStateException if the JDK's thread containers cannot be read
     */
    public static Set<Thread> virtual() {
        Containers seen = containers;
        return seen == null ? Set.of() : seen.virtual();
    }

    /** The JDK's tree of thread containers: an executor, a scope, and at the root whatever was started without one. */
    private record Containers(boolean trackAll, Method root, Method children, Method threads) {

        static @Nullable Containers open() {
            try {
                Class<?> all = Class.forName("jdk.internal.vm.ThreadContainers");
                Class<?> one = Class.forName("jdk.internal.vm.ThreadContainer");
                Method trackAll = all.getMethod("trackAllThreads");
                trackAll.setAccessible(true);
                Containers containers = new Containers(
                        (boolean) trackAll.invoke(null),
                        all.getMethod("root"),
                        one.getMethod("children"),
                        one.getMethod("threads"));
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
                            .filter(thread -> thread.isVirtual() && !JdkThreads.isOneOfVirtual(thread))
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
