package org.leaklab.alone;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.SynchronousQueue;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.ThreadSource;
import org.leaklab.serve.ProfileServer;

/**
 * {@code ServesOnce QUERY...} serves the profile of one stuck thread, asks for it with each query, and prints a line an
 * answer: the query, the status, the type, the header that says what is missing, and the first two lines of a text.
 */
public final class ServesOnce {

    private ServesOnce() {}

    /** Serves, asks, prints. */
    public static void main(String[] args) throws Exception {
        Launcher threads = Launcher.of(ThreadKind.PLATFORM);
        threads.start("stuck", () -> new SynchronousQueue<String>().take());
        while (threads.live().stream().anyMatch(t -> t.thread().getState() != Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        System.out.println("module " + ProfileServer.class.getModule().getName());
        try (ProfileServer server = ProfileServer.start(0, ThreadSource.of(threads), null);
                HttpClient client = HttpClient.newHttpClient()) {
            for (String query : args) {
                URI uri =
                        URI.create("http://127.0.0.1:" + server.address().getPort() + "/debug/pprof/threads?" + query);
                print(query, client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray()));
            }
        } finally {
            threads.close();
        }
    }

    private static void print(String query, HttpResponse<byte[]> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        String text = type.startsWith("text/") ? new String(answer.body(), StandardCharsets.UTF_8) : "";
        System.out.println(String.join(
                "|",
                query,
                Integer.toString(answer.statusCode()),
                type,
                answer.headers().firstValue("Leaklab-Missing").orElse("nothing"),
                String.join("|", text.lines().limit(2).toList())));
    }
}
