package org.leaklab.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadSource;

/**
 * Serves profiles of threads over HTTP, under the same path as Go. It has these pages:
 *
 * <ul>
 *   <li>{@code /debug/pprof/}: an index that shows the groups of threads and refreshes them
 *   <li>{@code /debug/pprof/threads}: what each thread does
 *   <li>{@code /debug/pprof/threadleak}: virtual threads that nothing alive can reach. Each request runs a
 *       {@linkplain Reachability#probe() probe} with garbage collections.
 * </ul>
 *
 * <p>The command {@code go tool pprof http://127.0.0.1:PORT/debug/pprof/threads} reads a profile. The parameter
 * {@code debug=1} gives the groups as text, and {@code debug=2} gives each thread. The parameter {@code format} is
 * {@code pprof}, {@code text}, {@code collapsed} or {@code json}. Without protobuf, the answer for {@code go tool
 * pprof} is text. Its first line and the header {@code Leaklab-Missing} say what to add; see
 * {@link org.leaklab.detect.Pprof}.
 *
 * <p>The server listens on the loopback address unless the caller names another. It asks for no password: everyone who
 * can connect sees names and stacks. It accepts GET and HEAD and refuses all other methods. An answer never repeats a
 * part of the request. The server works on at most {@value #AT_A_TIME} requests at a time and refuses more with status
 * 503. Probes run one after the other.
 *
 * <p>The server keeps the JVM alive until {@link #close()}, unless a daemon thread started it. Safe for use by several
 * threads.
 */
public final class ProfileServer implements AutoCloseable {

    static final int AT_A_TIME = 4;
    private static final int BACKLOG = 16;

    /** A page of the server: makes an answer from the parameters of a request. */
    @FunctionalInterface
    interface Page {
        Answer answer(Map<String, String> query) throws InterruptedException;
    }

    /** An answer with its body, and with headers besides those of every answer. */
    record Answer(int status, String type, byte[] body, Map<String, String> headers) {

        Answer(int status, String type, byte[] body) {
            this(status, type, body, Map.of());
        }

        static Answer text(String text) {
            return new Answer(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
        }

        static Answer refusal(int status, String sentence) {
            return new Answer(status, "text/plain; charset=utf-8", (sentence + "\n").getBytes(StandardCharsets.UTF_8));
        }

        Answer with(String header, String value) {
            return new Answer(status, type, body, Map.of(header, value));
        }
    }

    private final HttpServer server;
    private final ExecutorService workers;
    /** Seen by tests. */
    final Semaphore places = new Semaphore(AT_A_TIME);

    private ProfileServer(InetSocketAddress address, ThreadSource source, @Nullable Reachability reachability)
            throws IOException {
        Pages pages = new Pages(source, reachability);
        server = HttpServer.create(address, BACKLOG);
        workers = Executors.newFixedThreadPool(
                AT_A_TIME + 1, // one more, to refuse with
                Thread.ofPlatform().name("leaklab profile server-", 0).daemon().factory());
        server.setExecutor(workers);
        serve("/", query -> Answer.refusal(404, "there is no such page: /debug/pprof/ lists the pages"));
        serve("/debug/pprof/", pages::index);
        serve("/debug/pprof/threads", pages::threads);
        serve("/debug/pprof/threadleak", pages::leaks);
        server.start();
    }

    /**
     * Starts a server on a port of the loopback address. The server accepts requests when this method returns.
     *
     * @param port the port, or 0 for a free one; {@link #address()} tells which
     * @param source the threads that the server shows
     * @param reachability the detector for {@code threadleak}. If it is null, the server answers this page with status
     *     503. {@link #close()} does not close the detector.
     * @throws UncheckedIOException if the server cannot listen on the port, for example because it is in use
     */
    public static ProfileServer start(int port, ThreadSource source, @Nullable Reachability reachability) {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), source, reachability);
    }

    /**
     * Starts a server on an address. Everyone who can reach the address can read the profiles.
     *
     * @param address the address and the port; port 0 for a free one
     * @param source the threads that the server shows
     * @param reachability the detector for {@code threadleak}, or null
     * @throws UncheckedIOException if the server cannot listen on the address
     */
    public static ProfileServer start(
            InetSocketAddress address, ThreadSource source, @Nullable Reachability reachability) {
        try {
            return new ProfileServer(address, source, reachability);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /** Returns the address and the port on which the server listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void serve(String path, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                send(exchange, answer(exchange, path, page));
            }
        });
    }

    private Answer answer(HttpExchange exchange, String path, Page page) {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.refusal(405, "the server accepts only GET and HEAD");
        }
        if (!path.equals("/") && !exchange.getRequestURI().getPath().equals(path)) {
            return Answer.refusal(404, "there is no such page: /debug/pprof/ lists the pages");
        }
        if (!places.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            return Answer.refusal(503, "the server already works on " + AT_A_TIME + " requests: try again in a second");
        }
        try {
            return page.answer(Query.of(exchange.getRequestURI().getRawQuery()));
        } catch (IllegalArgumentException e) {
            return Answer.refusal(400, e.getMessage());
        } catch (IllegalStateException e) {
            return Answer.refusal(503, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.refusal(503, "the server is closing");
        } finally {
            places.release();
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(answer.body().length));
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    /**
     * Stops the server. It closes its connections at once and interrupts the threads that work on requests. It does not
     * wait until they have ended.
     */
    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
