package org.leaklab.bench.latency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A client's connections to one service. They are kept alive, and the one that was used last is used next; when none
 * idles, one more is opened. Whoever sends never waits, neither for an answer nor for a connection.
 *
 * <p>Two threads work here and no more, so that little is taken from the service. The sender writes its request on an
 * idle connection. The receiver, a daemon, does all else: it opens connections, reads answers, and gives up calls whose
 * time is over. It alone uses the selector, and it computes nothing, so an answer is noted when it comes.
 *
 * <p>Invariants: a connection is among the idle ones or has a call or is in the hands of one thread; who takes the call
 * off a connection ends the call. Calls under way stand in the order of their deadlines, as all are given the same time
 * and only one thread sends.
 */
final class Connections implements AutoCloseable {

    private static final long TICK_MILLIS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InetSocketAddress service;
    private final long timeoutNanos;
    private final Selector selector;
    private final Thread receiver;
    private final Deque<KeptConnection> idle = new ConcurrentLinkedDeque<>();
    private final Queue<PendingRequest> unconnected = new ConcurrentLinkedQueue<>();
    private final Queue<PendingRequest> underWay = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private Connections(InetSocketAddress service, Duration timeout, Selector selector) {
        this.service = service;
        this.timeoutNanos = timeout.toNanos();
        this.selector = selector;
        this.receiver = Thread.ofPlatform().name("receiver").daemon().unstarted(this::receive);
    }

    /**
     * Connections to a service; none yet.
     *
     * @param timeout how long a call may take; it is ended within {@value #TICK_MILLIS} ms after that
     */
    static Connections to(InetSocketAddress service, Duration timeout) throws IOException {
        Connections connections = new Connections(service, timeout, Selector.open());
        connections.receiver.start();
        return connections;
    }

    /** Sends a request. By one thread at a time. Does not block; the ending comes on this thread or on another one. */
    void send(PendingRequest.Ending ending) {
        PendingRequest call = new PendingRequest(System.nanoTime() + timeoutNanos, ending);
        underWay.add(call);
        KeptConnection connection = idle.pollFirst();
        if (connection == null || !connection.ask(call)) {
            unconnected.add(call);
            selector.wakeup();
        }
    }

    private void receive() {
        try (selector) {
            while (!closed) {
                connect();
                selector.select(this::ready, TICK_MILLIS);
                giveUp(System.nanoTime());
            }
            for (SelectionKey key : List.copyOf(selector.keys())) {
                ((KeptConnection) key.attachment()).close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect() {
        for (PendingRequest call; (call = unconnected.poll()) != null; ) {
            if (!call.isOver()) {
                try {
                    KeptConnection.open(service, selector, call);
                } catch (IOException e) {
                    call.end(false, System.nanoTime());
                }
            }
        }
    }

    private void ready(SelectionKey key) {
        long now = System.nanoTime();
        KeptConnection connection = (KeptConnection) key.attachment();
        try {
            if (key.isConnectable()) {
                connection.connected(key);
            } else {
                int status = connection.read();
                if (status > 0) {
                    answered(connection, status, now);
                }
            }
        } catch (IOException | CancelledKeyException e) {
            broken(connection, now);
        }
    }

    private void answered(KeptConnection connection, int status, long now) throws IOException {
        PendingRequest call = connection.takeOff();
        if (call == null) {
            throw new IOException("an answer that nobody has asked for");
        }
        idle.addFirst(connection);
        call.end(status == Service.NO_CONTENT, now);
    }

    /** Forgets a connection that the service has closed, and ends the call on it; one that idled had none. */
    private void broken(KeptConnection connection, long now) {
        connection.close();
        idle.remove(connection);
        PendingRequest call = connection.takeOff();
        if (call != null) {
            call.end(false, now);
        }
    }

    /** Ends the calls whose time is over, and closes their connections, on which an answer could still come. */
    private void giveUp(long now) {
        for (PendingRequest call; (call = underWay.peek()) != null && (call.isOver() || call.isDue(now)); ) {
            underWay.remove();
            call.end(false, now);
            KeptConnection connection = call.connection();
            if (connection != null && connection.takeOff(call)) {
                connection.close();
            }
        }
    }

    /**
     * Closes all connections. Calls under way do not end any more.
     *
     * @throws IllegalStateException if the receiver does not end
     * @throws InterruptedException if the closing thread is interrupted
     */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        selector.wakeup();
        if (!receiver.join(PATIENCE)) {
            throw new IllegalStateException("the receiver of answers does not end");
        }
    }
}
