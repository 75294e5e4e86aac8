package org.leaklab.scenario.io;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A shop that makes an {@code HttpClient}, and an executor for it, for each of its three requests.
 *
 * <p>Each client has threads of its own: a selector, and the workers of its executor. {@code close()} of the client
 * ends the selector. It shuts down the executor that a client makes for itself, but not one that it was given: others
 * may use that too. So each request leaves a worker, which waits for tasks of a client that is closed. Only the worker
 * still knows its executor, so nobody can shut it down. If a client is not closed either, its selector stays too, until
 * a garbage collection has found that nobody uses the client. The connections do not help to see it: all are closed.
 *
 * <p>In {@code jstack} there are three workers named {@code http worker}, each {@code WAITING} in
 * {@code LinkedBlockingQueue.take} under {@code ThreadPoolExecutor.getTask}. No frame names HTTP or the request.
 */
@Leak(
        id = "http-client-per-request",
        idiom = Idiom.JDK,
        family = Family.IO,
        stuck = 3,
        at = "ThreadPoolExecutor.getTask",
        endedBy = EndedBy.CLOSE,
        cause = "each request makes a client with threads of its own, and close() of the client leaves its executor",
        cure = "make one client and one executor for all requests, and close both when the program ends",
        seenIn = {"epam/ai-dial-core#1754", "micronaut-projects/micronaut-core#12651", "Ericsson/ecchronos#1665"},
        unlike = "executor-never-shut-down: there nobody closes anything, here a client is closed that does not close "
                + "its executor")
public final class HttpClientPerRequest implements Scenario {

    private static final List<String> PARCELS = List.of("/17", "/18", "/19");

    @Override
    public void leaky(Threads threads) throws IOException, InterruptedException {
        URI depot = serve(threads);
        for (String parcel : PARCELS) {
            ExecutorService workers = threads.closingWithoutHolding(workers(threads));
            try (HttpClient client = HttpClient.newBuilder().executor(workers).build()) {
                track(client, depot.resolve(parcel));
            }
        }
    }

    @Override
    public void fixed(Threads threads) throws IOException, InterruptedException {
        URI depot = serve(threads);
        try (ExecutorService workers = workers(threads);
                HttpClient client = HttpClient.newBuilder().executor(workers).build()) {
            for (String parcel : PARCELS) {
                track(client, depot.resolve(parcel));
            }
        }
    }

    private static ExecutorService workers(Threads threads) {
        return Executors.newFixedThreadPool(1, threads.launcher().factory("http worker"));
    }

    private static String track(HttpClient client, URI parcel) throws IOException, InterruptedException {
        HttpResponse<String> place = client.send(HttpRequest.newBuilder(parcel).build(), BodyHandlers.ofString());
        return parcel + ": " + place.body();
    }

    private static URI serve(Threads threads) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        threads.closing(() -> server.stop(0));
        return URI.create("http://" + loopback.getHostAddress() + ":"
                + server.getAddress().getPort() + "/");
    }
}

// java -jar benchmarks.jar run http-client-per-request --idiom jdk
