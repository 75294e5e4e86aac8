package org.leaklab.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Chromium without a window, spoken to by its DevTools protocol. It is the program that the environment variable
 * {@code CHROMIUM} names, or the first that stands in the PATH; where there is none, a test that wants it is skipped.
 */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path profile;
    private final HttpClient http = HttpClient.newHttpClient();

    private Chromium(Process process, Path profile) {
        this.process = process;
        this.profile = profile;
    }

    /** Starts one with a profile of its own, in a folder that is not there yet. */
    public static Chromium start(Path profile) throws IOException, InterruptedException {
        Path program = program();
        Assumptions.assumeTrue(
                program != null,
                "no Chromium in the PATH nor in the variable CHROMIUM, so no page was looked at in it");
        Files.createDirectories(profile);
        Process process = new ProcessBuilder(
                        Objects.requireNonNull(program).toString(),
                        "--headless=new",
                        "--no-sandbox", // it opens nothing but our own files
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile())
                .start();
        Chromium chromium = new Chromium(process, profile);
        chromium.awaitPort();
        return chromium;
    }

    private static Path program() {
        String named = System.getenv("CHROMIUM");
        Stream<Path> inPath = Arrays.stream(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return (named == null ? inPath : Stream.of(Path.of(named)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private Path portFile() {
        return profile.resolve("DevToolsActivePort");
    }

    private void awaitPort() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(portFile()) || Files.size(portFile()) == 0) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("Chromium did not start: " + Files.readString(profile.resolve("chromium.log")));
            }
            Thread.sleep(20);
        }
    }

    /** Opens a blank tab. */
    public Tab tab() throws IOException, InterruptedException {
        String port = Files.readAllLines(portFile(), UTF_8).getFirst();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        JsonNode tab = JsonMapper.shared()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        return Tab.connect(http, URI.create(tab.path("webSocketDebuggerUrl").asString()), PATIENCE);
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        http.close();
    }
}
