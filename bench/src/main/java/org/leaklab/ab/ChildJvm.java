package org.leaklab.ab;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

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
        CountDownLatch ending = new CountDownLatch(1);
        Thread end = new Thread(
                () -> {
                    ending.countDown();
                    end(process);
                },
                "ends a fork");
        try {
            Runtime.getRuntime().addShutdownHook(end);
            int exit = process.waitFor();
            if (ending.getCount() == 0) {
                new CountDownLatch(1).await(); // this JVM ends, and so did the process: nobody needs its exit code
            }
            return exit;
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
