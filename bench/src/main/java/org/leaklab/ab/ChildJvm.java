package org.leaklab.ab;

import java.io.IOException;
import java.util.List;

/** A process that ends when this JVM does, with those that it started. */
final class ChildJvm {

    private ChildJvm() {}

    /**
     * Starts it and waits for its end.
     *
     * @return its exit code
     */
    static int run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        Thread end = new Thread(() -> end(process), "ends a fork");
        try {
            Runtime.getRuntime().addShutdownHook(end);
            return process.waitFor();
        } finally {
            end(process);
            try {
                Runtime.getRuntime().removeShutdownHook(end);
            } catch (IllegalStateException e) {
                // this JVM ends, and the hook is at work
            }
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> forks = process.descendants().toList();
        process.destroy();
        forks.forEach(ProcessHandle::destroy);
    }
}
