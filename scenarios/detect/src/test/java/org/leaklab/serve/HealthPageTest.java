package org.leaklab.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.Mutex;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.Health;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks for the health of programs with a deadlock, with a leak, and with neither. */
class HealthPageTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
    }

    private HttpResponse<String> send(ProfileServer server, String method, String page) {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + page);
        try {
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        return JsonMapper.shared().readTree(answer.body());
    }

    private static void lockBoth(Mutex first, Mutex second, CyclicBarrier both) throws Exception {
        first.lock();
        both.await();
        second.lock();
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlockIsDown(ThreadKind kind) {
        Mutex left = new Mutex();
        Mutex right = new Mutex();
        CyclicBarrier both = new CyclicBarrier(2);
        try (Launcher threads = Launcher.of(kind);
                ProfileServer server = ProfileServer.start(0, ThreadSource.of(threads), null)) {
            assertThat(send(server, "GET", "/debug/health").statusCode()).isEqualTo(200);
            threads.start("forth", () -> lockBoth(left, right, both));
            threads.start("back", () -> lockBoth(right, left, both));
            until(() -> send(server, "GET", "/debug/health").statusCode() == 503);
            JsonNode health = json(send(server, "GET", "/debug/health"));
            assertThat(health.path("status").asString()).isEqualTo("down");
            assertThat(health.path("deadlocks")).hasSize(1);
            JsonNode deadlock = health.path("deadlocks").get(0);
            assertThat(deadlock.path("sentence").asString()).contains("forth waits for a mutex, held by back");
            assertThat(deadlock.path("threads")).hasSize(2).allSatisfy(thread -> {
                assertThat(thread.path("name").asString()).isIn("forth", "back");
                assertThat(thread.path("id").asLong()).isPositive();
                assertThat(thread.path("waitsOn").asString()).isEqualTo(Mutex.class.getName());
                assertThat(thread.path("stack").toString()).contains("HealthPageTest.lockBoth");
            });
        }
    }

    /** Leaked for certain, and the probe has said so; the program still works. */
    @Test
    void aLeakIsUp() {
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
                Reachability reachability = Reachability.of(threads);
                ProfileServer server = ProfileServer.start(0, ThreadSource.of(threads), reachability)) {
            threads.start("leaked", () -> Channel.nil().receive());
            until(() -> threads.live().stream()
                    .allMatch(launched -> launched.thread().getState() == Thread.State.WAITING));
            assertThat(send(server, "GET", "/debug/pprof/threadleak?debug=1").body())
                    .startsWith("threadleak profile: total 1\n");
            HttpResponse<String> answer = send(server, "GET", "/debug/health");
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode health = json(answer);
            assertThat(health.path("status").asString()).isEqualTo("up");
            assertThat(health.path("deadlocks").isArray()).isTrue();
            assertThat(health.path("deadlocks")).isEmpty();
            assertThat(health.path("unseen")).isEmpty();
        }
    }

    @Test
    void whatCannotBeSeenIsSaidAndIsUp() {
        Health health = new Health("all threads", List.of(), List.of("cannot see \"x\""));
        assertThat(health.up()).isTrue();
        JsonNode json = JsonMapper.shared().readTree(health.json());
        assertThat(json.path("status").asString()).isEqualTo("up");
        assertThat(json.path("unseen").get(0).asString()).isEqualTo("cannot see \"x\"");
    }

    @Test
    void otherRequestsAreRefused() {
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
                ProfileServer server = ProfileServer.start(0, ThreadSource.of(threads), null)) {
            assertThat(send(server, "POST", "/debug/health").statusCode()).isEqualTo(405);
            assertThat(send(server, "GET", "/debug/health?debug=1").statusCode())
                    .isEqualTo(400);
            HttpResponse<String> head = send(server, "HEAD", "/debug/health");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void aLookIsSharedUntilItIsTooOld() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Health health = new Health("all threads", List.of(), List.of());
        SharedHealth anHour = new SharedHealth(
                () -> {
                    looks.incrementAndGet();
                    return health;
                },
                Duration.ofHours(1));
        assertThat(anHour.get()).isSameAs(anHour.get());
        assertThat(looks).hasValue(1);
        SharedHealth never = new SharedHealth(
                () -> {
                    looks.incrementAndGet();
                    return health;
                },
                Duration.ofNanos(-1));
        never.get();
        never.get();
        assertThat(looks).hasValue(3);
    }
}
