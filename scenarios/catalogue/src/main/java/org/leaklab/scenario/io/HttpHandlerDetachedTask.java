package org.leaklab.scenario.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A task that an HTTP handler starts, and that outlives the exchange when the client hangs up.
 *
 * <p>The client hangs up in the middle of its upload. The handler reads, so it learns of that: it fails and ends. The
 * task does not read, and only the handler has the other end of its channel, so nothing can ever wake the task. It
 * keeps what its lambda captured: here a channel, in other programs the whole exchange. A task that belongs to a
 * request needs a context that ends with the request.
 *
 * <p>In Go: {@code go index(context.Background(), uploads)} in a handler, instead of {@code r.Context()}, which the
 * server cancels when the client goes or the handler returns. The JDK's server has no such context: the handler makes
 * one.
 */
@Leak(
        id = "http-handler-detached-task",
        family = Family.IO,
        stuck = 1,
        at = "Channel.receive",
        cause = "the handler fails when the client hangs up, and nothing tells the task that it started",
        cure = "run what a handler starts under a context that is cancelled when the handler ends")
public final class HttpHandlerDetachedTask implements Scenario {

    private static final String HALF_AN_UPLOAD =
            "POST /photos HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nthe first half";

    @Override
    public void leaky(Threads threads) throws Exception {
        hangUpOn(threads, exchange -> {
            Context request = Context.background();
            upload(exchange, request, threads);
        });
    }

    @Override
    public void fixed(Threads threads) throws Exception {
        hangUpOn(threads, exchange -> {
            try (Context request = Context.background().withCancel()) {
                upload(exchange, request, threads);
            }
        });
    }

    private static void upload(HttpExchange exchange, Context request, Threads threads) throws IOException {
        Channel<byte[]> uploads = Channel.buffered(1);
        threads.start("indexer", () -> index(uploads.receive(request)));
        uploads.trySend(exchange.getRequestBody().readAllBytes()); // throws when the client hangs up
        exchange.sendResponseHeaders(204, -1);
    }

    private static void index(byte[] photo) {
        CRC32 sum = new CRC32();
        sum.update(photo);
    }

    /** Serves one request, of a client that hangs up in the middle of it. */
    private static void hangUpOn(Threads threads, HttpHandler handler) throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        InetSocketAddress address = serve(threads, exchange -> {
            try {
                handler.handle(exchange);
            } finally {
                handled.countDown();
            }
        });
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            client.getOutputStream().write(HALF_AN_UPLOAD.getBytes(US_ASCII));
        }
        handled.await();
    }

    private static InetSocketAddress serve(Threads threads, HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.setExecutor(threads.launcher().executor("handler"));
        server.start();
        threads.closing(() -> server.stop(0));
        return server.getAddress();
    }
}

// java -jar benchmarks.jar run http-handler-detached-task --idiom channel
