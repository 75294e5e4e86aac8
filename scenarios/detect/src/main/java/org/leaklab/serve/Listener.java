package org.leaklab.serve;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections and gives each a thread of its own, up to {@value #MOST}. When one more comes, the oldest of
 * those that wait for their client is closed: on a loopback connection a client that means well is done within
 * milliseconds. So slow clients, however many, keep nobody else from an answer.
 *
 * <p>The server of the JDK ({@code com.sun.net.httpserver}) is not used here: it limits the time of a request only by
 * system properties, which hold for the whole JVM and are read once; it has no limit for the line of a request on older
 * JDKs; and its threads cannot be awaited. The threads are platform threads, because this server must answer in a
 * program whose virtual threads have no carrier left.
 *
 * <p>Invariant: a connection is in {@code connections} from before its thread is started until this thread has ended.
 * Only the accepting thread starts threads and changes the set. {@link #close()} first awaits the end of the accepting
 * thread; then nothing is added any more, and each thread that still lives is in the set.
 */
final class Listener implements AutoCloseable {

    private static final int MOST = 256;
    private static final int BACKLOG = 128;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String NAME = "leaklab profile server";

    private final ServerSocket server;
    private final Pages pages;
    private final HttpConnection.Limits limits;
    private final Outgoing outgoing;
    private final Thread acceptor;
    private final ScheduledThreadPoolExecutor clock;
    /** Of the clock, once a connection has needed it. */
    private volatile @Nullable Thread clockThread;

    // only the accepting thread changes these; others read them after its end
    private final Map<HttpConnection, Thread> connections = new LinkedHashMap<>(); // in the order of their acceptance
    private int accepted;

    /**
     * Binds the address and accepts connections.
     *
     * @param daemon whether the JVM may end while the server listens
     */
    Listener(InetSocketAddress address, Pages pages, HttpConnection.Limits limits, boolean daemon) throws IOException {
        this.pages = pages;
        this.limits = limits;
        this.outgoing = new Outgoing(limits.outgoing());
        this.server = new ServerSocket();
        try {
            server.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        clock = new ScheduledThreadPoolExecutor(1, task -> {
            clockThread = thread(NAME + " clock", true, task); // the only one: what it runs throws nothing
            return clockThread;
        });
        clock.setRemoveOnCancelPolicy(true);
        acceptor = thread(NAME, daemon, this::accept);
        try {
            acceptor.start();
        } catch (OutOfMemoryError e) { // the system can start no thread
            server.close();
            throw e;
        }
    }

    private static Thread thread(String name, boolean daemon, Runnable task) {
        return Thread.ofPlatform()
                .name(name)
                .daemon(daemon)
                .inheritInheritableThreadLocals(false)
                .unstarted(task);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                begin(server.accept());
            } catch (IOException | OutOfMemoryError e) {
                if (!server.isClosed()) { // as when the process has no file descriptor or no memory left
                    log("no connection could be accepted", e);
                    LockSupport.parkNanos(this, PAUSE.toNanos());
                }
            }
        }
    }

    private void begin(Socket socket) {
        HttpConnection connection = new HttpConnection(socket, pages, limits, clock, outgoing);
        Thread thread = thread(NAME + "-" + accepted++, true, connection);
        connections.values().removeIf(each -> !each.isAlive());
        if (connections.size() >= MOST) {
            HttpConnection leaves = oldestThatWaits(connection);
            leaves.abort();
            if (leaves == connection) {
                return;
            }
        }
        connections.put(connection, thread);
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // the system can start no thread
            connections.remove(connection);
            connection.abort();
            log("a connection got no thread", e);
        }
    }

    /** The new one itself if the server works for all others. */
    private HttpConnection oldestThatWaits(HttpConnection added) {
        for (HttpConnection connection : connections.keySet()) {
            if (connection.waitsForClient() && !connection.isAborted()) {
                return connection;
            }
        }
        return added;
    }

    private static void log(String what, Throwable thrown) {
        try {
            System.getLogger(Listener.class.getName()).log(Level.DEBUG, what, thrown);
        } catch (RuntimeException | Error e) { // a logger of the program that fails must not end the server
        }
    }

    /** Ends all threads and waits for them, also if the current thread is interrupted. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            log("the port could not be closed", e);
        }
        LockSupport.unpark(acceptor);
        boolean interrupted = Thread.interrupted();
        try {
            interrupted |= await(acceptor);
            connections.keySet().forEach(HttpConnection::abort);
            connections.values().forEach(Thread::interrupt);
            for (Thread thread : connections.values()) {
                interrupted |= await(thread);
            }
            clock.shutdownNow();
            if (clockThread != null) {
                interrupted |= await(clockThread);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until a thread has ended. Returns whether the current thread was interrupted meanwhile. */
    private static boolean await(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
