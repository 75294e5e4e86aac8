package org.leaklab.bench.latency;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Sends requests to a service and tells how long they took. By one thread at a time. */
interface Load extends AutoCloseable {

    /**
     * Turns to a service, and sends requests that are not recorded, which open connections.
     *
     * @param rate requests a second
     * @param requests how many
     */
    void open(InetSocketAddress service, int rate, int requests) throws IOException, InterruptedException;

    /**
     * Sends requests on those connections until all have ended.
     *
     * @param intervals is given the latencies of each second, in microseconds
     */
    Sent send(int rate, int requests, Consumer<Histogram> intervals) throws IOException, InterruptedException;

    /**
     * What became of the requests.
     *
     * @param failures how many got no good answer
     * @param late microseconds by which 99 % of the requests were sent late at most: what the load itself adds
     * @param process that sent them
     */
    record Sent(int failures, long late, long process) {}

    @Override
    void close() throws InterruptedException;
}
