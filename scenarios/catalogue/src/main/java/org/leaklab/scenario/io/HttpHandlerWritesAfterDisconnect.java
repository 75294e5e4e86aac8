package org.leaklab.scenario.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A task streams a response. The client disconnects, the task wants to report that to the handler, and the handler has
 * ended too.
 *
 * <p>The handler reads the client's commands while a task writes events into the same exchange. When the client
 * disconnects, both fail. The handler leaves with its exception, so it never receives the task's report. The task waits
 * for ever to send the report. An exception woke the task from the socket, but nothing can wake it from the channel.
 * Through its stack it keeps the exchange, its connection and its buffers.
 *
 * <p>In Go: {@code errs := make(chan error); go func() { errs <- stream(w) }(); if err := read(r); err != nil { return
 * err }; return <-errs}.
 */
@Leak(
        id = "http-handler-writes-after-disconnect",
        family = Family.IO,
        stuck = 1,
        at = "Channel.send",
        cause = "the task reports its failed write to a handler that has failed before and returned",
        cure = "leave room for the one report of a task, so that it can be dropped when nobody waits for it")
public final class HttpHandlerWritesAfterDisconnect implements Scenario {

    private static final System.Logger LOG = System.getLogger(HttpHandlerWritesAfterDisconnect.class.getName());
    private static final byte[] EVENT = "data: tick\n\n".getBytes(US_ASCII);
    private static final byte[] REQUEST_WITH_COMMANDS_TO_COME =
            "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n".getBytes(US_ASCII);

    @Override
    public void leaky(Threads threads) throws Exception {
        disconnectFrom(threads, exchange -> {
            Channel<String> report = Channel.unbuffered();
            converse(exchange, report, threads);
        });
    }

    @Override
    public void fixed(Threads threads) throws Exception {
        disconnectFrom(threads, exchange -> {
            Channel<String> report = Channel.buffered(1);
            converse(exchange, report, threads);
        });
    }

    private static void converse(HttpExchange exchange, Channel<String> report, Threads threads) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream events = exchange.getResponseBody();
        events.flush();
        threads.start("streamer", () -> report.send(stream(events)));
        exchange.getRequestBody().readAllBytes(); // throws when the client disconnects
        try {
            LOG.log(Level.DEBUG, report.receive());
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    /** Writes until the client has gone; returns how it ended. */
    private static String stream(OutputStream events) {
        try (events) {
            while (true) {
                events.write(EVENT);
            }
        } catch (IOException e) {
            return "the stream ended: " + e.getMessage();
        }
    }

    /** Serves one request, of a client that disconnects when the response has begun. */
    private static void disconnectFrom(Threads threads, HttpHandler handler) throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        InetSocketAddress address = serve(threads, exchange -> {
            try {
                handler.handle(exchange);
            } finally {
                handled.countDown();
            }
        });
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            client.getOutputStream().write(REQUEST_WITH_COMMANDS_TO_COME);
            client.getInputStream().readNBytes(1);
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

// java -jar benchmarks.jar run http-handler-writes-after-disconnect --idiom channel
