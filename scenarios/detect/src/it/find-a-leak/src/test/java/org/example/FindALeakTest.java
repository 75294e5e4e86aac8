package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.Finding;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadSource;
import org.leaklab.junit.VerifyNoLeaks;
import org.leaklab.serve.ProfileServer;

/** A service with a leak, found in three ways; on the class path, or as a module. */
@VerifyNoLeaks(ignoreNames = {"leaklab profile server", "HttpClient-", "HTTP-Dispatcher"})
class FindALeakTest {

    /** A request that hands its answer to nobody. */
    private static void request(Launcher threads) {
        SynchronousQueue<String> answer = new SynchronousQueue<>();
        threads.start("request", () -> answer.put("42"));
    }

    @Test
    void runsInTheFormThatTheBuildWants() {
        boolean module = Boolean.getBoolean("example.module");
        assertEquals(module, FindALeakTest.class.getModule().isNamed());
        assertEquals(module, ProfileServer.class.getModule().isNamed());
    }

    @Test
    void aProbeFindsItAndReapsIt() throws Exception {
        Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
        try (Reachability reachability = Reachability.of(threads)) {
            request(threads);
            while (threads.live().stream().anyMatch(t -> t.thread().getState() != Thread.State.WAITING)) {
                Thread.onSpinWait();
            }
            Finding finding = reachability.probe();
            assertTrue(finding.sound());
            assertEquals(1, finding.leaked().count());
            assertTrue(reachability.reap(Duration.ofSeconds(10)).isEmpty());
        } finally {
            threads.close();
        }
    }

    @Test
    void theEndpointShowsIt() throws Exception {
        Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
        try (Reachability reachability = Reachability.of(threads);
                ProfileServer server = ProfileServer.start(0, ThreadSource.of(threads), reachability);
                HttpClient client = HttpClient.newHttpClient()) {
            request(threads);
            String pages = "http://127.0.0.1:" + server.address().getPort() + "/debug/pprof/threads";
            HttpResponse<String> shown = get(client, pages + "?debug=1");
            assertTrue(shown.body().startsWith("threads profile: total 1\n"), shown.body());
            HttpResponse<String> instead = get(client, pages); // for go tool pprof, which needs protobuf
            assertEquals(
                    "com.google.protobuf:protobuf-javalite",
                    instead.headers().firstValue("Leaklab-Missing").orElse(""));
            assertTrue(instead.body().contains("\nthreads profile: total 1\n"), instead.body());
        } finally {
            threads.close();
        }
    }

    private static HttpResponse<String> get(HttpClient client, String page) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(page)).build(), BodyHandlers.ofString());
    }
}
