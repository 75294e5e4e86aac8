package org.leaklab.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicLong;

/** {@code Load PORT} sends requests from 64 virtual threads until its input ends, then prints how many were answered. */
public final class Load {

    private static final int CLIENTS = 64;

    private Load() {}

    /** Sends until there is nothing to read any more. */
    public static void main(String[] args) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + args[0] + "/")).build();
        AtomicLong answered = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int i = 0; i < CLIENTS; i++) {
                Thread.startVirtualThread(() -> send(client, request, answered, failed));
            }
            while (System.in.read() >= 0) {
                // whoever started this closes its input when it has seen enough
            }
            System.out.println(answered + " requests answered, " + failed + " failed");
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    private static void send(HttpClient client, HttpRequest request, AtomicLong answered, AtomicLong failed) {
        while (true) {
            try {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                (response.statusCode() == 200 ? answered : failed).incrementAndGet();
            } catch (IOException e) {
                failed.incrementAndGet();
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
