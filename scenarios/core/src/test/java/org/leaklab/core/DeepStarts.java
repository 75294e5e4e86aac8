package org.leaklab.core;

import static org.leaklab.testing.Eventually.PATIENCE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Starts threads until the stack ends, at each depth, and says whether the launcher has ended with all of them. Runs in
 * a JVM of its own: an overflow inside the JDK can leave the queue of its scheduler locked (seen on 21), and then no
 * virtual thread of that JVM runs again, not even one that the JDK itself starts.
 */
final class DeepStarts {

    static final int NOTHING_LEFT = 0;

    /** Threads of the launcher are left, and the JDK still runs others. */
    static final int LEFT = 1;

    /** Threads are left, but the JDK runs no virtual thread any more: nothing can be said of the launcher. */
    static final int UNDECIDED = 3;

    private static final int ROUNDS = 6;

    private DeepStarts() {}

    public static void main(String[] arguments) throws InterruptedException {
        Launcher threads = Launcher.of(ThreadKind.valueOf(arguments[0]));
        for (int round = 0; round < ROUNDS; round++) {
            int skipped = round;
            Thread deep = new Thread(null, () -> overflow(threads, skipped), "deep", 192 * 1024);
            deep.setDaemon(true);
            deep.start();
            deep.join(PATIENCE);
        }
        int end = NOTHING_LEFT;
        if (!threads.awaitLive(0, PATIENCE)) {
            System.out.println(threads.live().size() + " threads are left");
            Thread plain = Thread.ofVirtual().start(() -> {});
            end = plain.join(PATIENCE) ? LEFT : UNDECIDED;
        }
        Runtime.getRuntime().halt(end);
    }

    /** What {@link #main} ends with. */
    static int inAJvmOfItsOwn(ThreadKind kind) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DeepStarts.class.getName(),
                        kind.name())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!child.waitFor(6 * PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the JVM has not ended");
            }
            return child.exitValue();
        } finally {
            child.destroyForcibly();
        }
    }

    private static void overflow(Launcher threads, int skipped) {
        try {
            down(threads, skipped);
        } catch (StackOverflowError e) {
            // as it has to come
        }
    }

    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private static int down(Launcher threads, int skipped) {
        if (skipped == 0) {
            threads.start("brief", () -> {});
        }
        return down(threads, Math.max(0, skipped - 1)) + 1;
    }
}
