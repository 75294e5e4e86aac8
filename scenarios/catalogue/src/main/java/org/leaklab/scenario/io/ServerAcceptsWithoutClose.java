package org.leaklab.scenario.io;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A login that opens a server for one callback of the browser, and does not close it afterwards.
 *
 * <p>A thread of the server accepts connections. The callback comes, the login is done and returns. The thread is again
 * in {@code accept}. No interrupt ends that on a platform thread; only a close of the {@code ServerSocket} does, and
 * the login has dropped it. The thread on its own keeps it open, with its port. Each further login adds a thread and a
 * port.
 *
 * <p>In a thread dump a platform thread is RUNNABLE in the native method {@code Net.accept}; it waits all the same.
 */
@Leak(
        id = "server-accepts-without-close",
        idiom = Idiom.JDK,
        family = Family.IO,
        stuck = 1,
        waits = Waits.SOCKET,
        at = "ServerSocket.accept",
        endedBy = EndedBy.CLOSE,
        cause = "accept() waits until the server socket is closed, and the one who opened it has returned",
        cure = "open a server in try-with-resources, and take the SocketException of accept() after it as the end",
        notReported = "A client can connect at any time, and no detector can know that none will. "
                + "Count, profile and verify show that the thread is there.",
        seenIn = {"OpenHFT/Chronicle-Queue#35", "TooTallNate/Java-WebSocket#18"})
public final class ServerAcceptsWithoutClose implements Scenario {

    private static final Logger LOG = System.getLogger(ServerAcceptsWithoutClose.class.getName());

    @Override
    public void leaky(Threads threads) throws IOException {
        ServerSocket server = threads.closingWithoutHolding(listen());
        threads.start("callbacks", () -> accept(server));
        comeBackFromBrowser(server);
    }

    @Override
    public void fixed(Threads threads) throws IOException {
        try (ServerSocket server = listen()) {
            threads.start("callbacks", () -> accept(server));
            comeBackFromBrowser(server);
        }
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** Answers each connection with one byte, until the server is closed. */
    private static void accept(ServerSocket server) throws IOException {
        while (true) {
            try (Socket connection = server.accept()) {
                connection.getOutputStream().write('!');
            } catch (SocketException e) {
                if (server.isClosed()) {
                    return;
                }
                LOG.log(Level.DEBUG, "a connection broke", e);
            }
        }
    }

    private static void comeBackFromBrowser(ServerSocket server) throws IOException {
        try (Socket browser = new Socket(server.getInetAddress(), server.getLocalPort())) {
            browser.getInputStream().readAllBytes();
        }
    }
}

// java -jar benchmarks.jar run server-accepts-without-close --idiom jdk
