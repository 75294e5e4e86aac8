package org.leaklab.field;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicLong;

/** Requests from this very process: threads come and go while {@code detect} looks. */
public final class Load {

    private static final int CLIENTS = 8;
    private static final long PAUSE_MILLIS = 2;

    private Load() {}

    /** Sends requests from eight virtual threads for ever; returns when a hundred are answered. */
    public static void start(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        AtomicLong answered = new AtomicLong();
        start(() -> {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                answered.incrementAndGet();
            }
        });
        while (answered.get() < 100) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** One request. */
    public interface Call {
        /** Sends it, and waits for the answer. */
        void send() throws Exception;
    }

    /** Makes calls from eight virtual threads for ever. */
    public static void start(Call call) {
        for (int i = 0; i < CLIENTS; i++) {
            Thread.ofVirtual().name("client-" + i).start(() -> {
                while (true) {
                    try {
                        call.send();
                        Thread.sleep(PAUSE_MILLIS);
                    } catch (IOException e) {
                        // the next one may be answered
                    } catch (Exception e) {
                        System.err.println("a client ended by " + e);
                        return;
                    }
                }
            });
        }
    }
}
