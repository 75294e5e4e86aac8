package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.leaklab.detect.JvmThreads;

/** The programs of {@code docs/examples}, compiled as a reader would and run in JVMs of their own. */
final class Examples {

    private static final Path SOURCES = Page.ROOT.resolve("docs/examples");
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    /** The port that the program Service listens on. */
    private static final String PORT = "6060";

    /** The port that the program Prices listens on. */
    private static final String PRICES = "8080";

    private static final int REQUESTS = 500;
    private static final int LEAKED_REQUESTS = 3;
    private static final long PATIENCE_SECONDS = Long.getLong("leaklab.patience", 10) * 6;

    private Examples() {}

    /** A JVM that runs a program, and the folder with its classes; both are gone after it. */
    private record Running(Process process, Path folder) implements AutoCloseable {

        /** What a group of a pattern finds in the first line that the program prints. */
        String first(String pattern) throws IOException {
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            String line = String.valueOf(lines.readLine());
            Matcher matcher = Pattern.compile(pattern).matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            return matcher.group(1);
        }

        @Override
        public void close() throws IOException, InterruptedException {
            process.destroyForcibly().waitFor();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** What detect says of a program that prints its process id when it is ready. */
    static String detect(String program, List<String> options) throws Exception {
        try (Running running = start(Map.of(), List.of(), program)) {
            int status = program.equals("Report") ? 0 : 1; // suspects alone do not change it
            List<String> command = new ArrayList<>(List.of("detect", running.first("process (\\d+) .*")));
            command.addAll(options);
            return PageTruth.output(status, command.toArray(String[]::new));
        }
    }

    /** What detect --live says of a server for prices on a JDK after some requests. */
    static String live(Path home, String program) throws Exception {
        int port = freePort();
        try (Running running = start(home, Map.of(PRICES, String.valueOf(port)), List.of(), program);
                HttpClient client = HttpClient.newHttpClient()) {
            String pid = running.first("process (\\d+) .*");
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/price"))
                    .build();
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(client.send(request, BodyHandlers.ofString()).body()).endsWith(": 42\n");
            }
            return PageTruth.output(1, "detect", pid, "--live");
        }
    }

    /** Why the tests of a class fail, in a JVM that shows its virtual threads. */
    static String test(String type) throws Exception {
        List<String> open = List.of(JvmThreads.OPEN.split(" "));
        try (Running running = start(Map.of(), open, FailuresOf.class.getName(), type)) {
            return new String(running.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What the program Service answers below {@code /debug/pprof/} once its requests are stuck. */
    static String service(String page) throws Exception {
        int port = freePort();
        try (Running running = start(Map.of(PORT, String.valueOf(port)), List.of(), "Service");
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + port + "/debug/pprof/" + page);
            String body = "";
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!body.contains("total " + LEAKED_REQUESTS + "\n") && System.nanoTime() < deadline) {
                assertThat(running.process().isAlive()).isTrue();
                body = ask(client, uri, page.startsWith("threadleak") ? "POST" : "GET");
            }
            return body.stripTrailing() + "\n";
        }
    }

    /** A GET of threadleak would have the same answer for a minute. */
    private static String ask(HttpClient client, URI uri, String method) throws IOException, InterruptedException {
        try {
            return client.send(
                            HttpRequest.newBuilder(uri)
                                    .method(method, HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (ConnectException e) { // it does not listen yet
            Thread.sleep(10);
            return "";
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Compiles sources that a page shows. */
    static void compile(Path into, List<Path> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options = List.of("-d", into.toString(), "-cp", CLASS_PATH, "-proc:none", "--release", "21");
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            assertThat(compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                            .call())
                    .as("%s", said)
                    .isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Running start(Map<String, String> instead, List<String> options, String... command)
            throws IOException {
        return start(Path.of(System.getProperty("java.home")), instead, options, command);
    }

    private static Running start(Path home, Map<String, String> instead, List<String> options, String... command)
            throws IOException {
        Path folder = Files.createTempDirectory("examples");
        List<Path> copies = new ArrayList<>();
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.toList()) {
                String code = Files.readString(source);
                for (Map.Entry<String, String> other : instead.entrySet()) {
                    code = code.replace(other.getKey(), other.getValue());
                }
                copies.add(Files.writeString(folder.resolve(source.getFileName()), code));
            }
        }
        compile(folder, copies);
        List<String> java = new ArrayList<>();
        java.add(home.resolve("bin/java").toString());
        java.addAll(options);
        java.addAll(List.of("-cp", folder + File.pathSeparator + CLASS_PATH));
        java.addAll(List.of(command));
        Process process = new ProcessBuilder(java)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Running(process, folder);
    }
}
