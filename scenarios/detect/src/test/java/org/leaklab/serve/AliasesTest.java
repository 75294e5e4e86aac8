package org.leaklab.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.leaklab.testing.Eventually.until;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadProfile;
import org.leaklab.detect.ThreadSource;

/** Asks for the profiles under the names of Go, as tools for Go do. */
class AliasesTest {

    private static final int LEAKED = 3;

    /** Go 1.25 and later build pprof when it is first used. */
    private static final int PATIENCE_SECONDS = 500;

    private final Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
    private final Reachability reachability = Reachability.of(threads);
    private final Channel<String> held = Channel.unbuffered();
    private final ProfileServer server = ProfileServer.start(0, ThreadSource.of(threads), reachability);
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void leakThreeAndHoldOne() {
        for (int i = 0; i < LEAKED; i++) {
            threads.start("leaked", AliasesTest::leaked);
        }
        threads.start("held", held::receive);
        until(() ->
                ThreadProfile.of(ThreadSource.of(threads)).waiting().threads().size() == LEAKED + 1);
    }

    private static void leaked() throws InterruptedException {
        Channel.nil().receive();
    }

    @AfterEach
    void free() {
        client.close();
        server.close();
        reachability.close();
        threads.close();
    }

    private URI uri(String page) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + "/debug/pprof/" + page);
    }

    private HttpResponse<byte[]> get(String page) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                client.send(HttpRequest.newBuilder(uri(page)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).as(page).isEqualTo(200);
        return response;
    }

    /** The name is the type of the samples, which Pyroscope and Parca make the name of the profile from. */
    @Test
    void bothAreProfilesOfPprofUnderTheNamesOfGo() throws Exception {
        PprofBytes all = PprofBytes.read(get("goroutine").body());
        assertThat(all.sampleType()).isEqualTo("goroutine");
        assertThat(all.total()).isEqualTo(LEAKED + 1);
        HttpResponse<byte[]> answer = get("goroutineleak");
        PprofBytes leaked = PprofBytes.read(answer.body());
        assertThat(leaked.sampleType()).isEqualTo("goroutineleak");
        assertThat(leaked.total()).isEqualTo(LEAKED);
        assertThat(leaked.strings()).contains("org.leaklab.serve.AliasesTest.leaked");
        assertThat(answer.headers().firstValueAsLong("Age")).isPresent();
    }

    @Test
    void theTextHasTheNameToo() throws Exception {
        assertThat(new String(get("goroutine?debug=1").body(), StandardCharsets.UTF_8))
                .startsWith("goroutine profile: total 4\n3 @ virtual");
        assertThat(new String(get("goroutineleak?debug=1").body(), StandardCharsets.UTF_8))
                .startsWith("goroutineleak profile: total 3\n# the probe is ");
    }

    @Test
    @Tag("once")
    @Timeout(PATIENCE_SECONDS)
    void pprofOfGoReadsBoth(@TempDir Path folder) throws Exception {
        Optional<Path> go = go();
        assumeTrue(go.isPresent(), "no go: neither in GOROOT nor in PATH");
        assertThat(top(go.get(), folder, "goroutine"))
                .contains("Type: goroutine\n", "100% of 4 total", "org.leaklab.serve.AliasesTest.leaked");
        assertThat(top(go.get(), folder, "goroutineleak"))
                .contains("Type: goroutineleak\n", "100% of 3 total", "org.leaklab.serve.AliasesTest.leaked");
    }

    private static Optional<Path> go() {
        Stream<Path> root = Stream.ofNullable(System.getenv("GOROOT")).map(path -> Path.of(path, "bin"));
        Stream<Path> path = Stream.of(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
        return Stream.concat(root, path)
                .flatMap(folder -> Stream.of(folder.resolve("go"), folder.resolve("go.exe")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private String top(Path go, Path folder, String page) throws IOException, InterruptedException {
        Path said = folder.resolve(page);
        ProcessBuilder command = new ProcessBuilder(
                List.of(go.toString(), "tool", "pprof", "-top", uri(page).toString()));
        command.environment().put("PPROF_TMPDIR", folder.toString()); // where pprof keeps what it has fetched
        command.environment().put("GOTOOLCHAIN", "local");
        command.environment().put("GOPROXY", "off");
        Process process = command.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("comes to its end in time")
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }
}
