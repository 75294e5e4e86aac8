package org.leaklab.agent.probe;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Where the agent's one class calls: starts the probe in a thread of its own, and returns at once. */
public final class Start {

    private Start() {}

    /**
     * Starts a probe.
     *
     * @param jar the jar of this class; the agent's own stands beside it
     * @param folder where the options are, and the report will be
     * @param log writes a line to the log of this JVM
     */
    public static void start(Path jar, Path folder, Consumer<String> log) {
        thread("leaklab-live", new LiveProbe(jar, folder, log)).start();
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
