package org.leaklab.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Requests are sent when they are due, latency counts from then, and every request ends, well or not. */
class OpenLoopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("leaklab.patience", 10));
    private static final Duration LONG = PATIENCE.multipliedBy(2);
    private static final int RATE = 500;

    private record Recorded(Histogram latencies, int failures) {}

    private static Recorded load(InetSocketAddress service, Duration timeout, int requests) throws Exception {
        try (Connections connections = Connections.to(service, timeout);
                OpenLoop loop = OpenLoop.start(connections, RATE, requests)) {
            assertThat(loop.awaitEnd(PATIENCE)).as("all requests end").isTrue();
            return new Recorded(loop.latencies(null), loop.failures());
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** A server with a single thread, so that one slow request holds up all others. */
    private static Recorded loadOne(HttpHandler handler, int requests) throws Exception {
        HttpServer server = HttpServer.create(loopback(), 1024);
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            server.setExecutor(one);
            server.createContext("/", handler);
            server.start();
            try {
                return load(server.getAddress(), LONG, requests);
            } finally {
                server.stop(0);
            }
        }
    }

    /**
     * The 100th request takes 300 ms. Whatever came due in the first 200 of them, at 500 a second, waited for more than
     * 100 ms; a loop that waits for each answer would have recorded one such request.
     */
    @Test
    void aStallIsChargedForEveryRequestThatCameDueMeanwhile() throws Exception {
        AtomicInteger count = new AtomicInteger();
        Recorded recorded = loadOne(
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    if (count.incrementAndGet() == 100) {
                        try {
                            Thread.sleep(300);
                        } catch (InterruptedException e) {
                            throw new InterruptedIOException();
                        }
                    }
                    exchange.sendResponseHeaders(204, -1);
                },
                500);
        assertThat(recorded.failures).isZero();
        Histogram latencies = recorded.latencies;
        assertThat(latencies.getTotalCount()).isEqualTo(500);
        assertThat(latencies.getCountBetweenValues(100_000, OpenLoop.HIGHEST_MICROS))
                .isGreaterThanOrEqualTo(95); // 100, and more when the machine stalls too
        assertThat(latencies.getValueAtPercentile(99)).isGreaterThan(200_000);
    }

    @Test
    void badAnswersAreFailures() throws Exception {
        AtomicInteger count = new AtomicInteger();
        Recorded recorded = loadOne(
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(count.incrementAndGet() % 2 == 0 ? 503 : 204, -1);
                },
                100);
        assertThat(recorded.latencies.getTotalCount()).isEqualTo(100);
        assertThat(recorded.failures).isEqualTo(50);
    }

    @Test
    void withoutAnAnswerRequestsFailWhenTheirTimeIsUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) silent.getLocalSocketAddress();
            Recorded recorded = load(address, Duration.ofMillis(200), 50);
            assertThat(recorded.failures).isEqualTo(50);
            assertThat(recorded.latencies.getTotalCount()).isEqualTo(50);
            assertThat(recorded.latencies.getMinValue()).isGreaterThanOrEqualTo(199_000);
        }
    }

    @Test
    void aServiceThatHangsUpFailsRequestsAtOnce() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
            Thread hangsUp = Thread.ofPlatform().name("hangs up").daemon().start(() -> {
                try {
                    while (true) {
                        Socket socket = server.accept();
                        socket.close();
                    }
                } catch (IOException e) {
                    // the server is closed: the test is over
                }
            });
            Recorded recorded = load((InetSocketAddress) server.getLocalSocketAddress(), LONG, 50);
            assertThat(recorded.failures).isEqualTo(50);
            server.close();
            assertThat(hangsUp.join(PATIENCE)).isTrue();
        }
    }

    @Test
    void withoutAServiceRequestsFail() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) closed.getLocalSocketAddress();
        }
        assertThat(load(nobody, LONG, 20).failures).isEqualTo(20);
    }

    @Test
    void aLoopThatIsClosedEarlySendsNoMore() throws Exception {
        HttpServer server = HttpServer.create(loopback(), 1024);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
        });
        server.start();
        try (Connections connections = Connections.to(server.getAddress(), LONG)) {
            OpenLoop loop = OpenLoop.start(connections, 1, 1_000);
            loop.close();
            assertThat(loop.awaitEnd(Duration.ZERO)).isFalse();
        } finally {
            server.stop(0);
        }
    }
}
