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
 * Serves {@code /debug/pprof/}: an index, {@code threads} (what every thread does) and {@code threadleak} (threads that
 * nothing alive can reach; each request probes). As with Go, {@code go tool pprof
 * http://127.0.0.1:PORT/debug/pprof/threads} works; {@code ?debug=1} and {@code ?debug=2} give text, {@code ?format=}
 * {@code collapsed}, {@code json} or {@code pprof}. Without protobuf the form for {@code go tool pprof} is text: its
 * first line and the header {@code Leaklab-Missing} say what to add, see {@link org.leaklab.detect.Pprof}.
 *
 * <p>Listens on the loopback address unless told otherwise: a profile shows names and stacks to whoever can connect.
 * Takes GET and HEAD; anything else is refused, and nothing of a request is repeated in an answer. At most
 * {@value #AT_A_TIME} requests are worked on at a time, further ones get 503 at once, and probes take turns.
 */
public final class ProfileServer implements AutoCloseable {

    static final int AT_A_TIME = 4;
    private static final int BACKLOG = 16;

    /** A page: what it answers, with its media type. */
    @FunctionalInterface
    interface Page {
        Answer answer(Map<String, String> query) throws InterruptedException;
    }

    /** An answer: its body, and headers besides those that every answer has. */
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
        serve("/", query -> Answer.refusal(404, "not here: /debug/pprof/ has the list"));
        serve("/debug/pprof/", pages::index);
        serve("/debug/pprof/threads", pages::threads);
        serve("/debug/pprof/threadleak", pages::leaks);
        server.start();
    }

    /**
     * Serves on a port of the loopback address.
     *
     * @param port 0 for any that is free
     * @param reachability what probes for {@code threadleak}; null if nothing does
     * @throws UncheckedIOException if the port is taken
     */
    public static ProfileServer start(int port, ThreadSource source, @Nullable Reachability reachability) {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), source, reachability);
    }

    /** Serves on an address, for whoever can reach it. */
    public static ProfileServer start(
            InetSocketAddress address, ThreadSource source, @Nullable Reachability reachability) {
        try {
            return new ProfileServer(address, source, reachability);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /** Where it listens. */
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
            return Answer.refusal(405, "only GET and HEAD");
        }
        if (!path.equals("/") && !exchange.getRequestURI().getPath().equals(path)) {
            return Answer.refusal(404, "not here: /debug/pprof/ has the list");
        }
        if (!places.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            return Answer.refusal(503, "busy: " + AT_A_TIME + " requests are being worked on, try again");
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

    /** Stops listening, and ends what is being worked on. */
    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
