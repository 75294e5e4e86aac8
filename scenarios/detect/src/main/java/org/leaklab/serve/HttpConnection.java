package org.leaklab.serve;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One connection with one request and its answer. Each wait for the client has a limit: all of the request within one
 * time, each part of the answer within another.
 *
 * <p>The thread that runs it is the only one that reads and writes. Others may {@link #abort()} it.
 */
final class HttpConnection implements Runnable {

    private static final int PART = 64 * 1024;
    private static final int MOST_IGNORED = 64 * 1024;
    private static final int GOODBYE_MILLIS = 1_000;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    /**
     * How long to wait for a client, and what to keep for clients.
     *
     * @param request for the whole request
     * @param part for each {@value #PART} bytes of the answer
     * @param outgoing bytes of all answers that are not taken yet
     */
    record Limits(Duration request, Duration part, long outgoing) {
        private static final int OF_THE_HEAP = 8;
        static final Limits USUAL = new Limits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Runtime.getRuntime().maxMemory() / OF_THE_HEAP);
    }

    private final Socket socket;
    private final Pages pages;
    private final Limits limits;
    private final ScheduledExecutorService clock;
    private final Outgoing outgoing;

    /** False while the server works, and does not wait for the client. */
    private volatile boolean waitsForClient = true;

    HttpConnection(Socket socket, Pages pages, Limits limits, ScheduledExecutorService clock, Outgoing outgoing) {
        this.socket = socket;
        this.pages = pages;
        this.limits = limits;
        this.clock = clock;
        this.outgoing = outgoing;
    }

    boolean waitsForClient() {
        return waitsForClient;
    }

    boolean isAborted() {
        return socket.isClosed();
    }

    /** Closes the connection; whoever reads or writes gets an exception. */
    void abort() {
        try {
            socket.close();
        } catch (IOException e) {
            log("a connection could not be closed", e);
        }
    }

    private static void log(String what, Throwable thrown) {
        System.getLogger(HttpConnection.class.getName()).log(Level.DEBUG, what, thrown);
    }

    @Override
    public void run() {
        try (socket) {
            boolean head = false;
            boolean whole = false;
            HttpAnswer answer;
            try {
                Request request = Request.read(socket, limits.request());
                if (request == null) {
                    return;
                }
                whole = true;
                head = request.method().equals("HEAD");
                waitsForClient = false;
                answer = work(request);
            } catch (RefusedException e) {
                answer = e.answer();
            } finally {
                waitsForClient = true;
            }
            outgoing.begin(this, answer.body().length);
            try {
                send(answer, head);
            } finally {
                outgoing.end(this);
            }
            if (!whole) {
                sayGoodbye();
            }
        } catch (IOException e) { // the client is gone, or was too slow
            log("a connection ended", e);
        }
    }

    private HttpAnswer work(Request request) {
        try {
            return pages.answer(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpAnswer.refusal(503, "the server is closing");
        } catch (RuntimeException e) {
            System.getLogger(HttpConnection.class.getName())
                    .log(Level.WARNING, "a page of the profile server failed", e);
            return HttpAnswer.refusal(500, "the page failed: the program's log says why");
        }
    }

    private void send(HttpAnswer answer, boolean headOnly) throws IOException {
        StringBuilder head =
                new StringBuilder("HTTP/1.1 ").append(answer.status()).append(' ');
        head.append(answer.reason()).append("\r\n");
        header(head, "Date", DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
        header(head, "Connection", "close");
        header(head, "Content-Length", String.valueOf(answer.body().length));
        header(head, "Content-Type", answer.type());
        header(head, "X-Content-Type-Options", "nosniff");
        header(head, "Cache-Control", "no-store");
        header(head, "Cross-Origin-Resource-Policy", "same-origin");
        header(
                head,
                "Content-Security-Policy",
                "default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
                        + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        answer.headers().forEach((name, value) -> header(head, name, value));
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), PART);
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        byte[] body = headOnly ? new byte[0] : answer.body();
        for (int at = 0; at < body.length; at += PART) {
            int from = at;
            inTime(() -> out.write(body, from, Math.min(PART, body.length - from)));
        }
        inTime(out::flush);
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private interface Write {
        void run() throws IOException;
    }

    /**
     * Writes, and aborts the connection if the client does not take it in time: a blocked write has no limit of its
     * own.
     */
    private void inTime(Write write) throws IOException {
        Future<?> limit = clock.schedule(this::abort, limits.part().toNanos(), TimeUnit.NANOSECONDS);
        try {
            write.run();
        } finally {
            limit.cancel(false);
        }
    }

    /**
     * Reads what else the client sends, for a short while. If a socket is closed while there is something to read, the
     * client's system may drop the answer before the client has seen it.
     */
    private void sayGoodbye() throws IOException {
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        byte[] ignored = new byte[PART];
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GOODBYE_MILLIS);
        try {
            for (int sum = 0; sum < MOST_IGNORED; ) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                socket.setSoTimeout((int) left);
                int count = in.read(ignored);
                if (count < 0) {
                    return;
                }
                sum += count;
            }
        } catch (SocketTimeoutException e) {
            log("a client did not close its side", e);
        }
    }
}
