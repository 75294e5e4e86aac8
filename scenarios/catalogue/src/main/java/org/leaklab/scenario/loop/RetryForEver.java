package org.leaklab.scenario.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.FutureTask;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A report that is sent again and again, to a service that no longer exists.
 *
 * <p>The service refuses each connection. The sender waits a moment and tries again, without a limit: it cannot tell a
 * service that restarts from one that was taken out of use. It never gives the failure to anybody, so nobody learns of
 * it. It keeps its thread and its report, and each further report adds another sender.
 *
 * <p>In a thread dump the sender is TIMED_WAITING in {@code Thread.sleep}. It is awake for a fraction of a millisecond
 * only, so a profiler of CPU time hardly shows it.
 */
@Leak(
        id = "retry-for-ever",
        idiom = Idiom.JDK,
        family = Family.LOOP,
        stuck = 1,
        waits = Waits.SLEEPING,
        at = "Thread.sleep",
        cause = "the loop ends only when the call succeeds, and it never will",
        cure = "limit the number of tries or their time, and then give the failure to the caller",
        notReported = "It wakes by itself, again and again, and no detector can know that it never "
                + "stops. Count, profile and verify show that the thread is there.",
        seenIn = {"jurmous/etcd4j#31", "WorldQL/mammoth#27"})
public final class RetryForEver implements Scenario {

    private static final Logger LOG = System.getLogger(RetryForEver.class.getName());
    private static final long PAUSE_MILLIS = 10;
    private static final int TRIES = 3;

    @Override
    public void leaky(Threads threads) throws IOException {
        SocketAddress service = nobodyListens(threads);
        FutureTask<Integer> sending = new FutureTask<>(
                () -> { // its get() returns how many tries it took
                    int tries = 1;
                    for (; !send("report 7", service); tries++) {
                        Thread.sleep(PAUSE_MILLIS);
                    }
                    return tries;
                });
        threads.start("sender", sending::run);
    }

    @Override
    public void fixed(Threads threads) throws IOException {
        SocketAddress service = nobodyListens(threads);
        FutureTask<Integer> sending = new FutureTask<>(
                () -> { // its get() returns how many tries it took, or throws
                    int tries = 1;
                    for (; !send("report 7", service); tries++) {
                        if (tries == TRIES) {
                            throw new IOException("report 7 is not sent: the service cannot be reached");
                        }
                        Thread.sleep(PAUSE_MILLIS);
                    }
                    return tries;
                });
        threads.start("sender", sending::run);
    }

    private static boolean send(String report, SocketAddress service) {
        try (Socket connection = new Socket()) {
            connection.connect(service);
            connection.getOutputStream().write(report.getBytes(UTF_8));
            return true;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the service cannot be reached now", e);
            return false;
        }
    }

    /** A port that is taken, so that no other program gets it, and on which nobody listens. */
    private static SocketAddress nobodyListens(Threads threads) throws IOException {
        Socket taken = threads.closing(new Socket());
        taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return taken.getLocalSocketAddress();
    }
}

// java -jar benchmarks.jar run retry-for-ever --idiom jdk
