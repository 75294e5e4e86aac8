package org.leaklab.scenario.jvm;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A server whose shutdown hook calls {@code System.exit}, and a deployer that waits for its end.
 *
 * <p>{@code System.exit} runs the hooks and waits for them. It does so once: a second call waits until the first one is
 * done. Here the hook closes the server with the method that a failure uses too, and that method calls
 * {@code System.exit}. The thread that called it first waits for the hook, the hook waits for that thread. No exception
 * is thrown and nothing is printed. The process goes on for ever and serves nobody; only {@code kill -9} ends it. The
 * thread of the deployer waits in this JVM.
 *
 * <p>In a thread dump of the server its main thread is in {@code Thread.join}, called from
 * {@code ApplicationShutdownHooks.runHooks}. The hook is {@code BLOCKED} in {@code Shutdown.exit} and waits to lock the
 * class {@code Shutdown}, which the main thread has locked.
 */
@Leak(
        id = "shutdown-hook-waits-for-exit",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 1,
        waits = Waits.PROCESS,
        at = "ProcessImpl.waitFor",
        endedBy = EndedBy.CLOSE,
        cause = "the exit waits for the hook, and the hook calls exit, which waits for the first one",
        cure = "call exit nowhere in a shutdown hook",
        notReported = "A process that is meant to end may still do so, and no detector of this JVM can "
                + "look into it. Count, profile and verify show the thread; detect of the child "
                + "shows why it stays.",
        seenIn = {"apache/dolphinscheduler#5037", "mesos/spark#482"})
public final class ShutdownHookWaitsForExit implements Scenario {

    /** The program of the leaky server. */
    static final class Server {
        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(Server::stop, "hook"));
            stop();
        }

        private static void stop() {
            close();
            System.exit(0);
        }
    }

    /** The program of the fixed server. */
    static final class FixedServer {
        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(ShutdownHookWaitsForExit::close, "hook"));
            stop();
        }

        private static void stop() {
            close();
            System.exit(0);
        }
    }

    /** Closes what the server has open. */
    private static void close() {
        System.out.println("closed");
    }

    @Override
    public void leaky(Threads threads) throws IOException, URISyntaxException {
        Process server = start(Server.class);
        threads.closing(server::destroyForcibly);
        threads.start("deployer", server::waitFor);
    }

    @Override
    public void fixed(Threads threads) throws IOException, URISyntaxException {
        Process server = start(FixedServer.class);
        threads.closing(server::destroyForcibly);
        threads.start("deployer", server::waitFor);
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

// java -jar benchmarks.jar run shutdown-hook-waits-for-exit --idiom jdk
