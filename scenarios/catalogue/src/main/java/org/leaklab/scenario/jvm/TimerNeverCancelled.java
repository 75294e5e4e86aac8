package org.leaklab.scenario.jvm;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A program that makes a {@code Timer} for each of its three sessions and cancels none, and a script that waits for its
 * end.
 *
 * <p>Each {@code Timer} has a thread of its own, which runs a repeated task until the timer is cancelled. The session
 * returns without that. From then on only the thread knows the timer, and it goes on to send keep-alives for a session
 * that is over. In a server each session leaves one thread, until no more threads can be made. Here the program is a
 * short one, so the threads do harm at its end: the thread of a {@code Timer} is not a daemon, so the process does not
 * end when {@code main} does. The thread of the script waits in this JVM. {@code new Timer(true)} makes a daemon: then
 * the process ends, and in a server the threads stay all the same. A timer without repeated tasks that nobody reaches
 * ends its thread by itself, but only after a garbage collection.
 *
 * <p>A thread dump of the program has no {@code main} any more, but {@code keep-alive} three times, each
 * {@code TIMED_WAITING} in {@code TimerThread.mainLoop}. No frame names the session or the task.
 */
@Leak(
        id = "timer-never-cancelled",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 1,
        waits = Waits.PROCESS,
        at = "ProcessImpl.waitFor",
        endedBy = EndedBy.CLOSE,
        cause = "a timer with a repeated task runs until it is cancelled, and each session returns without that",
        cure = "let a session own its timer and cancel it in close(), and use try-with-resources",
        notReported = "A process that is meant to end may still do so, and no detector of this JVM can "
                + "look into it. Count, profile and verify show the thread. In the child the timers "
                + "wake by themselves, again and again, and no detector can know that they never stop.",
        seenIn = {"mkpaz/atlantafx#11", "playframework/playframework#3719", "Xceptance/XLT#501"},
        unlike = "non-daemon-thread-keeps-jvm: there idle workers keep the process, here timers that go on to work")
public final class TimerNeverCancelled implements Scenario {

    private static final List<String> USERS = List.of("ann", "bob", "eve");

    /** The program that leaks. */
    static final class Program {
        public static void main(String[] args) {
            for (String user : USERS) {
                Session session = new Session(user);
                session.query();
            }
        }
    }

    /** The fixed program. */
    static final class FixedProgram {
        public static void main(String[] args) {
            for (String user : USERS) {
                try (Session session = new Session(user)) {
                    session.query();
                }
            }
        }
    }

    /** A session that tells the server again and again that it is still there. */
    private static final class Session implements AutoCloseable {
        private static final long PERIOD_MILLIS = 20;

        private final String user;
        private final Timer timer = new Timer("keep-alive");

        Session(String user) {
            this.user = user;
            TimerTask keepAlive = new TimerTask() {
                @Override
                public void run() {
                    System.out.println(user + " is still there");
                }
            };
            timer.schedule(keepAlive, PERIOD_MILLIS, PERIOD_MILLIS);
        }

        void query() {
            System.out.println("42 orders of " + user);
        }

        @Override
        public void close() {
            timer.cancel();
        }
    }

    @Override
    public void leaky(Threads threads) throws IOException, URISyntaxException {
        Process program = start(Program.class);
        threads.closing(program::destroyForcibly);
        threads.start("script", program::waitFor);
    }

    @Override
    public void fixed(Threads threads) throws IOException, URISyntaxException {
        Process program = start(FixedProgram.class);
        threads.closing(program::destroyForcibly);
        threads.start("script", program::waitFor);
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

// java -jar benchmarks.jar run timer-never-cancelled --idiom jdk
