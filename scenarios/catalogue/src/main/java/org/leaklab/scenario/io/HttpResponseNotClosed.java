package org.leaklab.scenario.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A client that takes the bodies of ten responses as streams and neither reads nor closes them.
 *
 * <p>HTTP's flow control is TCP's: once the buffers between the two are full, each server thread is blocked in a write
 * until the client reads on or closes the connection. The client has forgotten the stream, so it does neither. But the
 * client still lives, so the connection does not break. Each server thread keeps its exchange, its connection and its
 * buffers. The client keeps ten connections, a few unread buffers for each, and its selector thread. It keeps them even
 * when no stream is reachable any more: no JDK up to 27 closes a body that was garbage collected. If the client closes
 * an unread body, that closes the connection, the server's write fails and its thread ends. This may take up to 3
 * seconds, because the client's selector lets a closed socket go only when it next wakes up.
 *
 * <p>Ten threads are stuck, on every JDK and with both kinds of thread: the client itself blocks no thread. The lab
 * does not count the threads that the JDK starts by itself and keeps as long as the server and the client live:
 * {@code HTTP-Dispatcher} and {@code idle-timeout-task} of the server, {@code HttpClient-N-SelectorManager} of the
 * client (a virtual thread from JDK 26 on) and, until idle for a minute, its about ten {@code HttpClient-N-Worker}
 * threads.
 *
 * <p>Up to JDK 23 the server writes under a monitor, which pins a virtual thread to its carrier. As many writers as
 * there are carriers then stop every virtual thread of the JVM: the other handlers are started, never run, and their
 * clients get no answer. So the caller must not wait for the answers, only for the requests' arrival.
 *
 * <p>In Go: {@code resp, _ := http.Get(url); check(resp.StatusCode)} without {@code defer resp.Body.Close()}.
 */
@Leak(
        id = "http-response-not-closed",
        idiom = Idiom.JDK,
        family = Family.IO,
        stuck = 10,
        waits = Waits.SOCKET,
        at = "HttpResponseNotClosed.export",
        cause = "nobody reads or closes the body, so the server can neither send the rest nor know it unwanted",
        cure = "close every response body in a try-with-resources, whether it is read or not",
        notReported = "Bytes can come from outside of the JVM at any time, and no detector can know "
                + "that none will. Count, profile and verify show that the thread is there.")
public final class HttpResponseNotClosed implements Scenario {

    private static final int REQUESTS = 10;

    @Override
    public void leaky(Threads threads) throws Exception {
        request(threads, response -> {
            InputStream body = response.body();
            check(response.statusCode(), body);
        });
    }

    @Override
    public void fixed(Threads threads) throws Exception {
        request(threads, response -> {
            try (InputStream body = response.body()) {
                check(response.statusCode(), body);
            }
        });
    }

    private interface Answered {
        void by(HttpResponse<InputStream> response) throws IOException;
    }

    /** Wants to know whether the export can be had, not what is in it. */
    private static void check(int status, InputStream body) throws IOException {
        if (status != 200) {
            throw new IOException("status " + status + ": " + new String(body.readAllBytes(), US_ASCII));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the answer may never come, see above
    private static void request(Threads threads, Answered answered) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        threads.closing(client::shutdownNow); // the last that is closed
        CountDownLatch arrived = new CountDownLatch(REQUESTS);
        HttpRequest request = HttpRequest.newBuilder(serve(threads, arrived)).build();
        for (int i = 0; i < REQUESTS; i++) {
            client.sendAsync(request, BodyHandlers.ofInputStream()).thenAccept(response -> {
                try {
                    answered.by(response);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        arrived.await();
    }

    private static URI serve(Threads threads, CountDownLatch arrived) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        Executor handlers = threads.launcher().executor("handler");
        server.setExecutor(exchange -> {
            handlers.execute(exchange);
            arrived.countDown();
        });
        server.createContext("/", HttpResponseNotClosed::export);
        server.start();
        threads.closing(() -> server.stop(0));
        return URI.create("http://" + loopback.getHostAddress() + ":"
                + server.getAddress().getPort() + "/");
    }

    /** Sends more than any buffer holds; the server takes the exception as the end of the exchange. */
    private static void export(HttpExchange exchange) throws IOException {
        byte[] rows = new byte[1 << 16];
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
                body.write(rows);
            }
        }
    }
}

// java -jar benchmarks.jar run http-response-not-closed --idiom jdk
