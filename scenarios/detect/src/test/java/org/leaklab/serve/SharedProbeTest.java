package org.leaklab.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.Finding;
import org.leaklab.detect.ThreadSource;
import org.leaklab.testing.Eventually;

/** How many probes run for how many requests. The probes only count. */
@Timeout(100)
class SharedProbeTest {

    private static final int HUNDRED = 100;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger probes = new AtomicInteger();
    private final CountDownLatch go = new CountDownLatch(1);
    private final List<ProfileServer> servers = new ArrayList<>();

    @AfterEach
    void close() {
        go.countDown();
        client.close();
        servers.forEach(ProfileServer::close);
        threads.close();
    }

    private ProfileServer server(Duration interval, SharedProbe.Source probe) {
        ProfileServer server = ProfileServer.builder(ThreadSource.of(threads))
                .probe(probe)
                .probeInterval(interval)
                .start();
        servers.add(server);
        return server;
    }

    private Finding count() {
        return new Finding(List.of(), List.of("note"), probes.incrementAndGet(), Map.of(), "none", true, Duration.ZERO);
    }

    private static HttpRequest request(ProfileServer server, String method, String page) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + "/debug/pprof/" + page))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private HttpResponse<String> send(ProfileServer server, String method, String page)
            throws IOException, InterruptedException {
        return client.send(request(server, method, page), HttpResponse.BodyHandlers.ofString());
    }

    private static long waiting() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> List.of(stack).stream()
                        .anyMatch(frame -> frame.getClassName().equals(SharedProbe.class.getName())
                                && frame.getMethodName().equals("get")))
                .count();
    }

    private void assertAHundredShare(String method) {
        ProfileServer server = server(HOUR, () -> {
            go.await();
            return count();
        });
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < HUNDRED; i++) {
            answers.add(client.sendAsync(
                    request(server, method, "threadleak?debug=1"), HttpResponse.BodyHandlers.ofString()));
        }
        until(() -> waiting() == HUNDRED);
        go.countDown();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.join().statusCode()).isEqualTo(200);
            assertThat(answer.join().headers().firstValueAsLong("Age")).isPresent();
        }
        assertThat(probes).hasValue(1);
    }

    @Test
    void aHundredAtOnceShareOneProbe() {
        assertAHundredShare("GET");
    }

    @Test
    void aHundredPostsAtOnceShareOneProbe() {
        assertAHundredShare("POST");
    }

    @Test
    void getHasTheLastResultUntilTheIntervalIsOverAndPostANewOne() throws Exception {
        ProfileServer server = server(HOUR, this::count);
        for (String page :
                List.of("threadleak", "threadleak?debug=1", "threadleak?format=json", "threadleak?debug=2")) {
            assertThat(send(server, "GET", page).statusCode()).isEqualTo(200);
            assertThat(send(server, "HEAD", page).statusCode()).isEqualTo(200);
        }
        assertThat(probes).hasValue(1);
        assertThat(send(server, "POST", "threadleak?debug=1").statusCode()).isEqualTo(200);
        assertThat(send(server, "POST", "threadleak?debug=1").statusCode()).isEqualTo(200);
        assertThat(probes).hasValue(3);
        assertThat(send(server, "POST", "threadleak?debug=7").statusCode()).isEqualTo(400);
        assertThat(probes).as("a bad request collects nothing").hasValue(3);
    }

    /** As a scraper asks that has both, every second. */
    @Test
    void theNameOfGoSharesTheProbeAndTheInterval() throws Exception {
        ProfileServer server = server(HOUR, this::count);
        for (int i = 0; i < 10; i++) {
            for (String page : List.of("goroutineleak", "threadleak", "goroutineleak?debug=1", "goroutine")) {
                assertThat(send(server, "GET", page).statusCode()).isEqualTo(200);
            }
        }
        assertThat(probes).hasValue(1);
        assertThat(send(server, "GET", "goroutineleak").headers().firstValueAsLong("Age"))
                .isPresent();
        assertThat(send(server, "GET", "goroutine").headers().firstValueAsLong("Leaklab-Probe-Age"))
                .isPresent();
    }

    @Test
    void aGetAfterTheIntervalRunsANewProbe() throws Exception {
        ProfileServer server = server(Duration.ZERO, this::count);
        send(server, "GET", "threadleak?debug=1");
        send(server, "GET", "threadleak?debug=1");
        assertThat(probes).hasValue(2);
    }

    @Test
    void theAnswerSaysHowOldItIs() throws Exception {
        ProfileServer server = server(HOUR, this::count);
        assertThat(send(server, "GET", "").body())
                .contains("Last probe: <span id=\"last\">none yet", "older than 3600 s");
        assertThat(send(server, "GET", "threads?format=json").headers().firstValue("Leaklab-Probe-Age"))
                .isEmpty();
        assertThat(send(server, "GET", "threadleak?debug=1").body())
                .matches("(?s)threadleak profile: total 0\n"
                        + "# the probe is \\d+ s old; GET starts a new one after 3600 s, POST at once\n.*");
        until(() -> age(server) >= 1);
        assertThat(send(server, "GET", "threadleak?debug=2").body()).matches("(?s)# the probe is [1-9]\\d* s old; .*");
        assertThat(send(server, "GET", "threadleak?format=collapsed").body()).isEmpty();
        assertThat(send(server, "GET", "").body()).containsPattern("Last probe: <span id=\"last\">[1-9]\\d* s ago");
        assertThat(send(server, "GET", "threads?format=json")
                        .headers()
                        .firstValueAsLong("Leaklab-Probe-Age")
                        .orElseThrow())
                .isPositive();
        assertThat(probes).hasValue(1);
    }

    private long age(ProfileServer server) {
        try {
            return send(server, "GET", "threadleak")
                    .headers()
                    .firstValueAsLong("Age")
                    .orElseThrow();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A probe that did not find its own leak has collected garbage all the same. */
    @Test
    void aFailureIsSaidAndCountsToo() throws Exception {
        ProfileServer unsound = server(HOUR, () -> {
            probes.incrementAndGet();
            return new Finding(List.of(), List.of("not sound"), 0, Map.of(), "none", false, Duration.ZERO);
        });
        ProfileServer failing = server(HOUR, () -> {
            probes.incrementAndGet();
            throw new IllegalStateException("no collection");
        });
        ProfileServer exhausted = server(HOUR, () -> {
            probes.incrementAndGet();
            throw new OutOfMemoryError("planted");
        });
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = send(unsound, "GET", "threadleak");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("not sound\n");
            assertThat(answer.headers().firstValue("Age")).isPresent();
            assertThat(send(failing, "GET", "threadleak").body()).isEqualTo("no collection\n");
            assertThat(send(exhausted, "GET", "threadleak").body())
                    .isEqualTo("the probe failed: java.lang.OutOfMemoryError\n");
        }
        assertThat(probes).hasValue(3);
    }

    @Test
    void aPageThatFailsSaysSoAndTheNextOneIsAnswered() throws Exception {
        ProfileServer server = server(HOUR, () -> {
            if (probes.incrementAndGet() == 1) {
                throw new NullPointerException("planted");
            }
            return count();
        });
        assertThat(send(server, "GET", "threadleak").statusCode()).isEqualTo(500);
        assertThat(send(server, "GET", "threadleak").statusCode()).isEqualTo(200);
    }

    @Test
    void aServerSharesTheProbeOfOthers() throws Exception {
        SharedProbe shared = new SharedProbe(this::count, HOUR);
        ProfileServer server = ProfileServer.builder(ThreadSource.of(threads))
                .sharedProbe(shared)
                .start();
        servers.add(server);
        SharedProbe.Result own = shared.get();
        assertThat(send(server, "GET", "threadleak").statusCode()).isEqualTo(200);
        assertThat(probes).hasValue(1);
        assertThat(send(server, "POST", "threadleak").statusCode()).isEqualTo(200);
        assertThat(shared.last()).isNotSameAs(own);
        assertThat(probes).hasValue(2);
    }

    private static Thread ask(SharedProbe shared, CompletableFuture<SharedProbe.Result> answer) {
        return Thread.ofPlatform().start(() -> {
            try {
                answer.complete(shared.get());
            } catch (InterruptedException e) {
                answer.completeExceptionally(e);
            }
        });
    }

    @Test
    void anInterruptEndsTheProbeOfItsThreadAlone() throws InterruptedException {
        SharedProbe shared = new SharedProbe(
                () -> {
                    Finding finding = count();
                    if (finding.alive() == 1) {
                        go.await();
                    }
                    return finding;
                },
                HOUR);
        CompletableFuture<SharedProbe.Result> first = new CompletableFuture<>();
        CompletableFuture<SharedProbe.Result> second = new CompletableFuture<>();
        Thread runs = ask(shared, first);
        until(() -> probes.get() == 1);
        Thread shares = ask(shared, second);
        until(() -> shares.getState() == Thread.State.WAITING);
        runs.interrupt();
        runs.join();
        shares.join();
        assertThat(first)
                .failsWithin(Eventually.PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(second)
                .succeedsWithin(Eventually.PATIENCE)
                .satisfies(result -> assertThat(result.failure()).isNull());
        assertThat(probes).hasValue(2);
    }

    @Test
    void closingEndsAProbeThatIsUnderWay() {
        ProfileServer server = server(HOUR, () -> {
            new CountDownLatch(1).await();
            return count();
        });
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request(server, "GET", "threadleak"), HttpResponse.BodyHandlers.ofString());
        until(() -> waiting() == 1);
        server.close();
        assertThat(answer).failsWithin(Eventually.PATIENCE);
        assertThat(waiting()).isZero();
    }
}
