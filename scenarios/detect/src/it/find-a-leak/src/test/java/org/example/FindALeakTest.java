package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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

/** A service with a leak, found in three ways. */
@VerifyNoLeaks(ignoreNames = {"leaklab profile server", "HttpClient-", "HTTP-Dispatcher"})
class FindALeakTest {

    /** A request that hands its answer to nobody. */
    private static void request(Launcher threads) {
        SynchronousQueue<String> answer = new SynchronousQueue<>();
        threads.start("request", () -> answer.put("42"));
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
            URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + "/debug/pprof/threads?debug=1");
            String shown = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
            assertTrue(shown.startsWith("threads profile: total 1\n"), shown);
        } finally {
            threads.close();
        }
    }
}
