package org.leaklab.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * {@code Phases PORT RATE} sends requests and keeps books by phase: each line of the input begins one, {@code -} one that
 * does not count, and the end of the input ends all. With a rate requests start on a schedule, whether the server keeps
 * up or not, and latency counts from the moment that the schedule says; with rate 0, 64 clients send one after the other.
 * Prints a line a phase: its name, requests a second, p50, p99, p99.9 and the longest in milliseconds, failures.
 */
public final class Phases {

    private static final int CLIENTS = 64;
    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(2);

    /** What one phase has seen; passes of the same name add up. */
    private static final class Books {
        final Histogram latency = new ConcurrentHistogram(MOST_NANOS, 3);
        final AtomicLong failed = new AtomicLong();
        long nanos;
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;
    private final Map<String, Books> phases = new LinkedHashMap<>();
    private volatile Books current = new Books();

    private Phases(String port) {
        request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/")).build();
    }

    /** Sends until its input ends. */
    public static void main(String[] args) throws Exception {
        Phases load = new Phases(args[0]);
        int rate = Integer.parseInt(args[1]);
        if (rate > 0) {
            Thread.ofPlatform().daemon().start(() -> load.onSchedule(TimeUnit.SECONDS.toNanos(1) / rate));
        }
        for (int i = 0; rate == 0 && i < CLIENTS; i++) {
            Thread.startVirtualThread(load::oneAfterTheOther);
        }
        load.follow(new BufferedReader(new InputStreamReader(System.in)));
        load.print();
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private void follow(BufferedReader names) throws IOException {
        long begun = System.nanoTime();
        String name;
        do {
            name = names.readLine();
            long now = System.nanoTime();
            current.nanos += now - begun;
            begun = now;
            current = name == null || name.equals("-") ? new Books() : phases.computeIfAbsent(name, key -> new Books());
        } while (name != null);
    }

    private void print() {
        phases.forEach((name, books) -> System.out.printf(
                Locale.ROOT,
                "%-10s %8.0f %8.1f %8.1f %8.1f %8.1f %6d%n",
                name,
                books.latency.getTotalCount() * 1e9 / books.nanos,
                books.latency.getValueAtPercentile(50) / 1e6,
                books.latency.getValueAtPercentile(99) / 1e6,
                books.latency.getValueAtPercentile(99.9) / 1e6,
                books.latency.getMaxValue() / 1e6,
                books.failed.get()));
    }

    private void onSchedule(long period) {
        long next = System.nanoTime();
        while (true) {
            next += period;
            for (long wait = next - System.nanoTime(); wait > 0; wait = next - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            long due = next;
            Books books = current; // that of the moment it is due, however late the answer
            Thread.startVirtualThread(() -> send(books, due));
        }
    }

    private void oneAfterTheOther() {
        while (true) {
            send(current, System.nanoTime());
        }
    }

    private void send(Books books, long due) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                books.latency.recordValue(Math.min(MOST_NANOS, System.nanoTime() - due));
                return;
            }
        } catch (IOException e) {
            // counts as failed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        books.failed.incrementAndGet();
    }
}
