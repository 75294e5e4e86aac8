package org.leaklab.bench.latency;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Sends requests from this JVM. */
final class LocalLoad implements Load {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private @Nullable Connections connections;

    @Override
    public void open(InetSocketAddress service, int rate, int requests) throws IOException, InterruptedException {
        close();
        connections = Connections.to(service, Experiment.TIMEOUT);
        send(rate, requests, interval -> {});
    }

    @Override
    public Sent send(int rate, int requests, Consumer<Histogram> intervals) throws InterruptedException {
        Connections open = connections;
        if (open == null) {
            throw new IllegalStateException("no service is there to send to");
        }
        Duration longest = Duration.ofMillis(1000L * requests / rate)
                .plus(Experiment.TIMEOUT)
                .plus(PATIENCE);
        long deadline = System.nanoTime() + longest.toNanos();
        try (OpenLoop loop = OpenLoop.start(open, rate, requests)) {
            Histogram interval = null;
            boolean over;
            do {
                over = loop.awaitEnd(INTERVAL);
                interval = loop.latencies(interval);
                intervals.accept(interval);
                if (!over && System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("not all of " + requests + " requests end within " + longest);
                }
            } while (!over);
            return new Sent(
                    loop.failures(), loop.late(), ProcessHandle.current().pid());
        }
    }

    @Override
    public void close() throws InterruptedException {
        Connections open = connections;
        if (open != null) {
            connections = null;
            open.close();
        }
    }
}
