package org.leaklab.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.OutsideProbe;
import org.leaklab.detect.ProbeWatch;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadProfile;
import org.leaklab.detect.ThreadSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Leaks threads, serves them, and reads what comes over the wire. */
class ProfileServerTest {

    private static final int STUCK = 7;

    private final Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
    private final Reachability reachability = Reachability.of(threads);
    private final ProfileServer server = ProfileServer.start(0, ThreadSource.of(threads), reachability);
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void leak() {
        for (int i = 0; i < STUCK; i++) {
            threads.start("stuck", ProfileServerTest::stuck);
        }
        until(() ->
                ThreadProfile.of(ThreadSource.of(threads)).waiting().threads().size() == STUCK);
    }

    private static void stuck() throws InterruptedException {
        Channel.nil().receive();
    }

    @AfterEach
    void free() {
        client.close();
        server.close();
        reachability.close();
        threads.close();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    private HttpResponse<byte[]> send(String method, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private String text(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send("GET", path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void groupsAndThreadsAsText() throws Exception {
        assertThat(text("/debug/pprof/threads?debug=1"))
                .startsWith("threads profile: total 7\n7 @ virtual, waiting on " + Channel.class.getName())
                .contains("org.leaklab.serve.ProfileServerTest.stuck\torg/leaklab/serve/ProfileServerTest.java:");
        assertThat(text("/debug/pprof/threads?debug=2").split("\n\n")).hasSize(STUCK);
        assertThat(text("/debug/pprof/threads?format=collapsed"))
                .startsWith("virtual;")
                .endsWith(" 7\n");
    }

    @Test
    void leaksAreFoundByAProbe() throws Exception {
        assertThat(text("/debug/pprof/threadleak?debug=1")).startsWith("threadleak profile: total 7\n");
    }

    @Test
    void json() throws Exception {
        JsonNode profile = JsonMapper.shared().readTree(text("/debug/pprof/threads?format=json"));
        assertThat(profile.path("total").asInt()).isEqualTo(STUCK);
        assertThat(profile.path("groups").get(0).path("count").asInt()).isEqualTo(STUCK);
        assertThat(profile.path("groups").get(0).path("waitsOn").asString()).isEqualTo(Channel.class.getName());
    }

    @Test
    void pprof() throws Exception {
        PprofBytes profile = PprofBytes.read(send("GET", "/debug/pprof/threads").body());
        assertThat(profile.total()).isEqualTo(STUCK);
        assertThat(profile.sampleType()).isEqualTo("threads");
        assertThat(profile.strings())
                .startsWith("")
                .contains("threads", "count", "state", "waiting", "kind", "virtual")
                .contains("org/leaklab/serve/ProfileServerTest.java")
                .doesNotHaveDuplicates();
        assertThat(profile.locations())
                .isGreaterThanOrEqualTo(profile.functions())
                .isPositive();
    }

    @Test
    void badInputIsRefusedAndNotRepeated() throws Exception {
        assertThat(send("POST", "/debug/pprof/threads").statusCode()).isEqualTo(405);
        assertThat(send("GET", "/").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/debug/pprof/threads/more").statusCode()).isEqualTo(404);
        HttpResponse<byte[]> put = send("PUT", "/debug/pprof/threadleak");
        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
        assertThat(send("GET", "/debug/pprof/?debug=1").statusCode()).isEqualTo(400);
        for (String query : List.of(
                "?debug=3",
                "?format=%3Cscript%3E",
                "?debug=%3Cscript%3E",
                "?script=1",
                "?debug=1&script",
                "?debug=1&debug=1",
                "?debug=9&format=text",
                "?seconds=script")) {
            HttpResponse<byte[]> refused = send("GET", "/debug/pprof/threads" + query);
            assertThat(refused.statusCode()).as(query).isEqualTo(400);
            assertThat(new String(refused.body(), StandardCharsets.UTF_8)).doesNotContain("script");
        }
        assertThat(send("GET", "/debug/pprof/threads?seconds=5&debug=1").statusCode())
                .as("as go tool pprof -seconds 5 asks")
                .isEqualTo(200);
        HttpResponse<byte[]> head = send("HEAD", "/debug/pprof/threads?debug=1");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void whoComesWhenAllPlacesAreTakenIsSentAwayAtOnce() throws Exception {
        server.pages.places.acquire(Pages.AT_A_TIME);
        assertThat(send("GET", "/debug/pprof/threads").statusCode()).isEqualTo(503);
        server.pages.places.release(Pages.AT_A_TIME);
        assertThat(send("GET", "/debug/pprof/threads").statusCode()).isEqualTo(200);
        assertThat(server.pages.places.availablePermits()).isEqualTo(Pages.AT_A_TIME);
    }

    /** A probe takes threads out of their lists for moments. */
    @Test
    void aProfileOfAllThreadsWaitsForAProbe() throws Exception {
        URI page = uri("/debug/pprof/goroutine?debug=1");
        CompletableFuture<HttpResponse<String>> answer;
        try (OutsideProbe probe = OutsideProbe.begin()) {
            answer = client.sendAsync(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
            until(() -> server.pages.places.availablePermits() < Pages.AT_A_TIME);
            assertThat(answer).isNotDone();
        }
        assertThat(answer.join().body()).startsWith("goroutine profile: total 7\n");
    }

    @Test
    void aProbeThatGoesOnIsSaid() throws Exception {
        server.pages.patience = Duration.ofMillis(20);
        try (OutsideProbe probe = OutsideProbe.begin()) {
            HttpResponse<byte[]> refused = send("GET", "/debug/pprof/threads");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(new String(refused.body(), StandardCharsets.UTF_8)).isEqualTo(ProbeWatch.SENTENCE + "\n");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        }
        assertThat(send("GET", "/debug/pprof/threads").statusCode()).isEqualTo(200);
    }

    @Test
    void theIndexLeadsToTheProfiles() throws Exception {
        assertThat(text("/debug/pprof/")).contains("threads?debug=1", "threadleak?debug=1", "go tool pprof");
    }

    @Test
    void itListensOnTheLoopbackAddress() {
        assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
    }
}
