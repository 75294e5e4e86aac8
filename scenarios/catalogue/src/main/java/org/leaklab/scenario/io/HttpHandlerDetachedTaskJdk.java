package org.leaklab.scenario.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A task that an HTTP handler submits to an executor, and that outlives the exchange when the client hangs up.
 *
 * <p>The client hangs up in the middle of its upload. The handler reads, so it learns of that: it fails and ends. The
 * task does not read. It waits for the upload in a queue that only the handler had, so nothing can ever wake it. It
 * keeps what its lambda captured: here a queue, in other programs the whole exchange. The JDK's server tells nobody
 * that a request is over. The handler has to do it, on every way out.
 *
 * <p>In a thread dump the indexer is WAITING in {@code ArrayBlockingQueue.take}, above {@code FutureTask.run}.
 */
@Leak(
        id = "http-handler-detached-task",
        idiom = Idiom.JDK,
        family = Family.IO,
        stuck = 1,
        at = "ArrayBlockingQueue.take",
        cause = "the handler fails when the client hangs up, and nothing tells the task that it started",
        cure = "cancel in a finally block what the handler has submitted")
public final class HttpHandlerDetachedTaskJdk implements Scenario {

    private static final String HALF_AN_UPLOAD =
            "POST /photos HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nthe first half";

    @Override
    public void leaky(Threads threads) throws Exception {
        ExecutorService tasks =
                Executors.newThreadPerTaskExecutor(threads.launcher().factory("indexer"));
        hangUpOn(threads, exchange -> {
            BlockingQueue<byte[]> uploads = new ArrayBlockingQueue<>(1);
            Future<Long> indexed = tasks.submit(() -> index(uploads.take()));
            upload(exchange, uploads, indexed);
        });
    }

    @Override
    public void fixed(Threads threads) throws Exception {
        ExecutorService tasks =
                Executors.newThreadPerTaskExecutor(threads.launcher().factory("indexer"));
        hangUpOn(threads, exchange -> {
            BlockingQueue<byte[]> uploads = new ArrayBlockingQueue<>(1);
            Future<Long> indexed = tasks.submit(() -> index(uploads.take()));
            try {
                upload(exchange, uploads, indexed);
            } finally {
                indexed.cancel(true);
            }
        });
    }

    private static void upload(HttpExchange exchange, BlockingQueue<byte[]> uploads, Future<Long> indexed)
            throws IOException {
        uploads.add(exchange.getRequestBody().readAllBytes()); // throws when the client hangs up
        try {
            exchange.getResponseHeaders().set("ETag", Long.toHexString(indexed.get()));
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static long index(byte[] photo) {
        CRC32 sum = new CRC32();
        sum.update(photo);
        return sum.getValue();
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

// java -jar benchmarks.jar run http-handler-detached-task --idiom jdk
