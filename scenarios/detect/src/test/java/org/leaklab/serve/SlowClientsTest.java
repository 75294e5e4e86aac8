package org.leaklab.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.ThreadSource;

/** Clients that send slowly, in halves, or not at all, or do not read: they are sent away, and keep nobody waiting. */
@Timeout(100)
@Tag("once") // what the server does with clients, no JDK changes
class SlowClientsTest {

    private static final String LINE = "GET /debug/pprof/threads?debug=2 HTTP/1.1\r\n";
    private static final String REQUEST = LINE + "Host: localhost\r\n\r\n";
    private static final int HUNDRED = 100;

    /** More than this test waits for anything. */
    private static final Duration FOREVER = PATIENCE.multipliedBy(10);

    private static final Duration SHORT = Duration.ofMillis(200);

    private final Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        threads.close();
    }

    private ProfileServer server(Duration request, Duration part) {
        ProfileServer server = ProfileServer.builder(ThreadSource.of(threads))
                .limits(new HttpConnection.Limits(request, part, Long.MAX_VALUE))
                .start();
        open.add(server);
        return server;
    }

    private RawClient client(ProfileServer server, String sends) throws IOException {
        RawClient client = new RawClient(server);
        open.add(client);
        client.send(sends);
        return client;
    }

    private static void assertAnswers(ProfileServer server) throws IOException {
        assertThat(RawClient.ask(server, "GET /debug/pprof/threads?debug=1 HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET /debug/pprof/th", LINE, LINE + "Host: local", LINE + "Host: localhost\r\n"})
    void halfARequestIsRefusedInTime(String half) throws IOException {
        assertThat(client(server(SHORT, FOREVER), half).rest())
                .startsWith("HTTP/1.1 408 ")
                .endsWith("the request was not complete within 200 ms\n");
    }

    /** Each byte comes in time; the request does not. */
    @Test
    void aByteNowAndThenIsRefusedInTime() throws IOException {
        ProfileServer server = server(SHORT, FOREVER);
        RawClient client = client(server, LINE);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (System.nanoTime() < deadline
                    && client.socket.getInputStream().available() == 0) {
                client.send("x");
                Thread.sleep(SHORT.toMillis() / 10);
            }
        } catch (SocketException | InterruptedException e) {
            assertThat(e).as("the server has closed").isInstanceOf(SocketException.class);
        }
        assertThat(client.rest()).containsAnyOf("HTTP/1.1 408 ", "(reset)");
    }

    @Test
    void aHeadWithoutEndIsRefusedBeforeItFillsTheMemory() throws IOException {
        ProfileServer server = server(FOREVER, FOREVER);
        assertThat(client(server, "GET /" + "x".repeat(Request.MOST_BYTES)).rest())
                .startsWith("HTTP/1.1 431 ");
        assertThat(client(server, LINE + "X: y\r\n".repeat(Request.MOST_BYTES / 6))
                        .rest())
                .startsWith("HTTP/1.1 431 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n",
                "GET\r\n\r\n",
                "GET /debug/pprof/\r\n\r\n",
                "GET  /debug/pprof/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET debug HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: local\0host\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "\u0016\u0003\u0001 TLS\r\n\r\n"
            })
    void whatIsNoRequestIsRefused(String other) throws IOException {
        assertThat(client(server(FOREVER, FOREVER), other).rest()).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void anotherVersionAndABodyAreRefused() throws IOException {
        ProfileServer server = server(FOREVER, FOREVER);
        assertThat(client(server, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").rest()).startsWith("HTTP/1.1 505 ");
        assertThat(client(server, LINE + "Host: localhost\r\nContent-Length: 3\r\n\r\nabc")
                        .rest())
                .startsWith("HTTP/1.1 413 ");
        assertThat(client(server, LINE + "Host: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                        .rest())
                .startsWith("HTTP/1.1 413 ");
        assertThat(client(server, LINE + "Host: localhost\r\nContent-Length: 0\r\n\r\n")
                        .rest())
                .startsWith("HTTP/1.1 200 ");
    }

    /** Starts so many threads with long names that no system takes the whole answer for a client that does not read. */
    private void startMany(CountDownLatch end) {
        String name = "stuck with a name that is long, " + "so that the answer is long too ".repeat(20);
        for (int i = 0; i < 20_000; i++) {
            threads.start(name, end::await);
        }
    }

    private static void assertIsPart(String answer) {
        Matcher length = Pattern.compile("Content-Length: (\\d+)").matcher(answer);
        assertThat(length.find()).isTrue();
        assertThat(answer.length()).isLessThan(Integer.parseInt(length.group(1)));
    }

    private RawClient silent(ProfileServer server) throws IOException {
        RawClient client = new RawClient(server, 4096);
        open.add(client);
        client.send(REQUEST);
        until(client::hasAnswer);
        return client;
    }

    @Test
    void whoDoesNotReadIsSentAwayInTime() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        startMany(end);
        try {
            ProfileServer server = server(FOREVER, SHORT);
            RawClient client = silent(server);
            until(() -> serverThreads() == 0);
            assertIsPart(client.rest());
            assertAnswers(server);
        } finally {
            end.countDown();
        }
    }

    /** Each of their answers takes memory, and there is time for all of them. */
    @Test
    void thoseWhoDoNotReadDoNotFillTheMemory() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        startMany(end);
        try {
            ProfileServer server = ProfileServer.builder(ThreadSource.of(threads))
                    .limits(new HttpConnection.Limits(FOREVER, FOREVER, 1))
                    .start();
            open.add(server);
            RawClient first = silent(server);
            RawClient second = silent(server);
            until(() -> serverThreads() == 1);
            assertIsPart(first.rest());
            assertAnswers(server);
            assertIsPart(second.rest());
            assertThat(RawClient.ask(server, LINE.strip(), "Host: localhost")).endsWith("\n\n");
        } finally {
            end.countDown();
        }
    }

    private static long serverThreads() {
        return connectionThreads().stream()
                .filter(SlowClientsTest::isInConnection)
                .count();
    }

    private static List<Thread> connectionThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("leaklab profile server"))
                .toList();
    }

    private static boolean isInConnection(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals(HttpConnection.class.getName())) {
                return true;
            }
        }
        return false;
    }

    /** Many more than the server has places; none of them is ever late. */
    @ParameterizedTest
    @ValueSource(ints = {HUNDRED, 3 * HUNDRED})
    void slowOnesKeepNobodyWaiting(int many) throws IOException {
        ProfileServer server = server(FOREVER, FOREVER);
        for (int i = 0; i < many; i++) {
            client(server, i % 3 == 0 ? "" : i % 3 == 1 ? LINE : LINE + "Host: ");
        }
        for (int i = 0; i < 10; i++) {
            assertAnswers(server);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closeEndsItAll(boolean interrupted) throws Exception {
        ProfileServer server = server(FOREVER, FOREVER);
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < HUNDRED; i++) {
            clients.add(client(server, LINE));
        }
        until(() -> serverThreads() == HUNDRED);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        server.close();
        assertThat(connectionThreads()).isEmpty();
        assertThat(Thread.interrupted()).isEqualTo(interrupted);
        for (RawClient client : clients) {
            assertThat(client.rest()).isIn("", "(reset)");
        }
        try (ServerSocket again = new ServerSocket(server.address().getPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(again.isBound()).isTrue();
        }
        server.close();
    }
}
