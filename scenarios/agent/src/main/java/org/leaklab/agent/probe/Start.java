package org.leaklab.agent.probe;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Where others call, by name: the agent's one class, and leaklab in its own JVM. Starts the probe in a thread of its
 * own, and returns at once.
 */
public final class Start {

    /** Where leaklab itself, if it is in this JVM, has the lists of its launchers' threads. */
    public static final String LAUNCHERS = "org.leaklab.core.live.Launchers";

    private Start() {}

    /** The packages of {@code java.base} that must be open to the module of this class before a probe is started. */
    public static Set<String> packages() {
        Set<String> packages = new TreeSet<>(Set.of(
                "java.lang",
                "java.lang.ref",
                "java.util.concurrent",
                "jdk.internal.misc",
                "jdk.internal.ref",
                "jdk.internal.vm"));
        packages.retainAll(Object.class.getModule().getPackages()); // JDK 26 and later have no jdk.internal.ref
        return packages;
    }

    /**
     * Starts a probe.
     *
     * @param jar the jar of this class; the agent's own stands beside it
     * @param folder where the options are, and the report will be
     * @param log writes a line to the log of this JVM
     * @param launchers the classes with the name {@link #LAUNCHERS}, each of another class loader; their packages are
     *     exported to the module of this class
     */
    public static void start(Path jar, Path folder, Consumer<String> log, List<Class<?>> launchers) {
        thread("leaklab-live", new ProbeRun(jar, folder, log, launchers)).start();
    }

    /** A daemon that takes nothing over from the thread that makes it. */
    static Thread thread(String name, Runnable body) {
        Thread thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(body);
        thread.setContextClassLoader(null);
        return thread;
    }
}
