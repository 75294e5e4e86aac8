package org.leaklab.bench.latency;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.core.Channel;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher.Task;
import org.leaklab.core.Received.Value;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Threads;

/**
 * An HTTP service on loopback that forsakes a thread in a share of its requests.
 *
 * <p>Every request has a thread of its own, the handler, which starts another one, the helper, and receives its answer
 * over a channel. In a share of the requests the handler knows the answer already and replies without receiving; what
 * becomes of the helper is a matter of the {@link Form}. Which requests those are depends on nothing but their number:
 * every tenth, say. Either way a reply takes the same work and is the same. Each helper fills some memory, as one does
 * that makes an answer, so that the collector has something to do.
 *
 * <p>All threads are of one kind and known to one launcher. A new service forsakes nobody until it is told to.
 */
final class Service implements AutoCloseable {

    /** The status of a good reply. It has no body: the server writes it at once, and a client reads only its head. */
    static final int NO_CONTENT = 204;

    private static final int UNAVAILABLE = 503;
    private static final int BACKLOG = 1024;
    private static final int UNITS_OF_WORK = 20;
    private static final int BYTES_OF_WORK = 64 << 10;
    private static final long OLD_NANOS = 100_000_000;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Form form;
    private final int percent;
    private final Threads threads;
    private final InetSocketAddress address;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger forsaken = new AtomicInteger();
    private volatile boolean forsaking;

    private Service(Form form, int percent, Threads threads, InetSocketAddress address) {
        this.form = form;
        this.percent = percent;
        this.threads = threads;
        this.address = address;
    }

    /**
     * Starts a service on a free port.
     *
     * @param percent in how many of a hundred requests a helper is forsaken, once that has begun
     */
    static Service open(Form form, int percent, ThreadKind kind) throws IOException {
        Threads threads = Threads.of(kind);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        Service service = new Service(form, percent, threads, server.getAddress());
        server.createContext("/", service::handle);
        server.setExecutor(threads.launcher().executor("handler"));
        threads.closing(() -> server.stop(0));
        server.start();
        return service;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Forsakes helpers from now on; requests count from here. */
    void startForsaking() {
        forsaking = true;
    }

    private void handle(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes(); // else the server of JDK 21 closes the connection
        try {
            exchange.sendResponseHeaders(isAnswered() ? NO_CONTENT : UNAVAILABLE, -1);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("the service is closed");
        }
    }

    private boolean isAnswered() throws InterruptedException {
        Channel<Integer> answers = form.answers();
        Task helper = () -> answers.send(look());
        if (forsaking && isForsaken(requests.incrementAndGet())) {
            threads.start("helper", form.forsaken(helper));
            forsaken.incrementAndGet();
            return true;
        }
        threads.start("helper", helper);
        return answers.receive(ANSWER_LIMIT) instanceof Value;
    }

    /** Takes some tens of microseconds. */
    private int look() {
        byte[] made = new byte[BYTES_OF_WORK];
        for (int i = 0; i < UNITS_OF_WORK; i++) {
            threads.work();
            made[i] = (byte) i;
        }
        return made[UNITS_OF_WORK - 1];
    }

    /** Of the first n requests, n * percent / 100 are. */
    private boolean isForsaken(long request) {
        return request * percent / 100 != (request - 1) * percent / 100;
    }

    /** How many helpers were forsaken. */
    int forsaken() {
        return forsaken.get();
    }

    /** How many of its threads have not ended a tenth of a second after their start, far longer than they need. */
    int stuck() {
        long now = System.nanoTime();
        return (int) threads.launcher().live().stream()
                .filter(thread -> now - thread.startedAt() > OLD_NANOS)
                .count();
    }

    /**
     * How many of its threads are left when no request is on its way any more. Waits until no more are left than there
     * should be, by its form and by how many were forsaken; for more than that it waits as long as it may.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    int left(Duration patience) throws InterruptedException {
        threads.launcher().awaitLive(form == Form.FIXED ? 0 : forsaken.get(), patience);
        return threads.launcher().liveCount();
    }

    /**
     * Stops, and ends all threads that are left.
     *
     * @throws IllegalStateException if some do not end
     * @throws InterruptedException if the closing thread is interrupted
     */
    @Override
    public void close() throws InterruptedException {
        for (Launched left : threads.launcher().live()) {
            left.thread().interrupt(); // those that keep their carriers give them back before the server is stopped
        }
        if (!threads.release(PATIENCE).isEmpty()) {
            throw new IllegalStateException(
                    "threads of the service do not end: " + threads.launcher().live());
        }
    }
}
