package org.leaklab.scenario.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A client that reads the answer from a socket without a timeout, from a server that never answers.
 *
 * <p>The server accepts the connection and hangs. Its end of the connection stays open, so for the client everything is
 * in order: it has sent its question and waits for bytes. A socket has no timeout of its own: by default {@code read}
 * waits without a limit. JDBC drivers and HTTP clients that read from such a socket do the same. The thread keeps the
 * connection, and often a lock that others need.
 *
 * <p>In a thread dump a platform thread that reads is RUNNABLE, in a native method of {@code sun.nio.ch}, as if it
 * worked. A virtual thread is WAITING. An interrupt does not end the read of a platform thread.
 */
@Leak(
        id = "socket-read-without-timeout",
        idiom = Idiom.JDK,
        family = Family.IO,
        stuck = 1,
        waits = Waits.SOCKET,
        at = "SocketReadWithoutTimeout.ask",
        endedBy = EndedBy.CLOSE,
        cause = "a read without SO_TIMEOUT waits as long as the connection is open, and the server never answers",
        cure = "set a timeout on every socket before you read: setSoTimeout, or the timeout of the driver or client",
        notReported = "Bytes can come from outside of the JVM at any time, and no detector can know "
                + "that none will. Count, profile and verify show that the thread is there.",
        seenIn = {"dustismo/TrendrrBeanstalk#23", "mixpanel/mixpanel-java#12", "bullhorn/sdk-rest#215"})
public final class SocketReadWithoutTimeout implements Scenario {

    private static final Logger LOG = System.getLogger(SocketReadWithoutTimeout.class.getName());
    private static final int LIMIT_MILLIS = 20;

    @Override
    public void leaky(Threads threads) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.start("client", () -> {
                try (Socket socket = new Socket()) {
                    ask(socket, server.getLocalSocketAddress());
                } catch (IOException e) {
                    LOG.log(Level.DEBUG, "no answer", e);
                }
            });
            threads.closing(server.accept()); // and never answers
        }
    }

    @Override
    public void fixed(Threads threads) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.start("client", () -> {
                try (Socket socket = new Socket()) {
                    socket.setSoTimeout(LIMIT_MILLIS);
                    ask(socket, server.getLocalSocketAddress());
                } catch (IOException e) {
                    LOG.log(Level.DEBUG, "no answer", e);
                }
            });
            threads.closing(server.accept()); // and never answers
        }
    }

    private static void ask(Socket socket, SocketAddress server) throws IOException {
        socket.connect(server);
        socket.getOutputStream().write("price of 7?\n".getBytes(US_ASCII));
        LOG.log(Level.DEBUG, "price: {0}", socket.getInputStream().read());
    }
}

// java -jar benchmarks.jar run socket-read-without-timeout --idiom jdk
