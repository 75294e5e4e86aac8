package org.leaklab.scenario.jvm;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A command-line tool whose {@code main} has ended and whose process has not, and a script that waits for it.
 *
 * <p>The tool runs its check on an executor that it does not shut down. The worker waits for the next task. It is not a
 * daemon: {@code Executors.defaultThreadFactory()} makes none. A JVM ends by itself only when no thread is left but
 * daemons, so it never does. All work is done and printed, and yet the thread of the script waits in this JVM.
 *
 * <p>A thread dump of the tool has no {@code main} any more, but {@code DestroyJavaVM}, and {@code pool-1-thread-1} in
 * {@code ThreadPoolExecutor.getTask}.
 */
@Leak(
        id = "non-daemon-thread-keeps-jvm",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 1,
        waits = Waits.PROCESS,
        at = "ProcessImpl.waitFor",
        endedBy = EndedBy.CLOSE,
        cause = "an idle worker that is no daemon keeps the JVM of the child, and the parent waits for its end",
        cure = "close every executor before main ends, or give it daemon threads",
        notReported = "A process that is meant to end may still do so, and no detector of this JVM can "
                + "look into it. Count, profile and verify show the thread; detect of the child "
                + "shows why it stays.",
        seenIn = {"jbangdev/jbang#2523", "microsoft/gctoolkit#291"},
        unlike = "executor-never-shut-down: there the forgotten workers cost memory, here they keep a process")
public final class NonDaemonThreadKeepsJvm implements Scenario {

    /** The program of the leaky tool. */
    static final class Tool {
        public static void main(String[] args) {
            ExecutorService background = Executors.newFixedThreadPool(1);
            background.execute(NonDaemonThreadKeepsJvm::check);
        }
    }

    /** The program of the fixed tool. */
    static final class FixedTool {
        public static void main(String[] args) {
            try (ExecutorService background = Executors.newFixedThreadPool(1)) {
                background.execute(NonDaemonThreadKeepsJvm::check);
            }
        }
    }

    private static void check() {
        System.out.println("this is the latest version");
    }

    @Override
    public void leaky(Threads threads) throws IOException, URISyntaxException {
        Process tool = start(Tool.class);
        threads.closing(tool::destroyForcibly);
        threads.start("script", tool::waitFor);
    }

    @Override
    public void fixed(Threads threads) throws IOException, URISyntaxException {
        Process tool = start(FixedTool.class);
        threads.closing(tool::destroyForcibly);
        threads.start("script", tool::waitFor);
    }

    private static Process start(Class<?> program) throws IOException, URISyntaxException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path classes = Path.of(
                program.getProtectionDomain().getCodeSource().getLocation().toURI());
        return new ProcessBuilder(java.toString(), "-cp", classes.toString(), program.getName())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
    }
}

// java -jar benchmarks.jar run non-daemon-thread-keeps-jvm --idiom jdk
