package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.leaklab.testing.Eventually.until;

import com.google.protobuf.CodedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.text.Printable;
import org.leaklab.serve.ProfileServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names that hold all that a terminal, a log or a browser would act on go through every report of this module. */
class PrintableReportsTest {

    private static final String ACTS = "\n\r\t\u0000\u0008\u001B[2J\u007F\u0085\u009B\u200B\u2028\u2029\u202A\u202B"
            + "\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFEFF\uD800-\uDFFF\uDBFF";

    private static final String NAME = name("name");

    private static String name(String what) {
        return "<" + what + ACTS + ">";
    }

    private static final ThreadSnapshot SNAPSHOT = new ThreadSnapshot(
            NAME,
            42,
            ThreadKind.VIRTUAL,
            Thread.State.WAITING,
            name("waitsOn"),
            name("creator"),
            Duration.ofMinutes(3),
            List.of(new StackTraceElement(
                    name("loader"), name("module"), "1", name("class"), name("method"), name("file"), 7)));

    private static final ThreadProfile PROFILE =
            new ThreadProfile(name("profile"), name("scope"), Instant.EPOCH, List.of(SNAPSHOT));

    private static final ThreadReport REPORT =
            ThreadReport.of(name("detector"), name("scope"), List.of(SNAPSHOT), List.of(name("note")));

    /** One way to print threads, and what of them it prints. */
    record Printer(String of, Function<ThreadProfile, String> text, List<String> prints) {
        @Override
        public String toString() {
            return of;
        }
    }

    static List<Printer> printers() {
        return List.of(
                new Printer(
                        "groups",
                        ProfileText::groups,
                        List.of("profile", "waitsOn", "creator", "class", "method", "file")),
                new Printer(
                        "threads",
                        ProfileText::threads,
                        List.of("name", "waitsOn", "creator", "loader", "module", "class", "method", "file")),
                new Printer("collapsed", ProfileText::collapsed, List.of("class", "method")),
                new Printer(
                        "error",
                        profile -> new LeakedThreadsError(REPORT).getMessage(),
                        List.of("name", "scope", "note", "waitsOn", "creator", "class", "method", "file")),
                new Printer(
                        "log",
                        profile -> String.join("\n", logged(REPORT)),
                        List.of("detector", "waitsOn", "creator", "class", "method", "file")),
                new Printer(
                        "pprof",
                        profile -> String.join("\n", pprof(profile)),
                        List.of("profile", "waitsOn", "creator", "class", "method", "file")));
    }

    private static void assertActsOnNothing(String text) {
        assertThat(Printable.lines(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("printers")
    void printsThemEscaped(Printer printer) {
        String text = printer.text().apply(PROFILE);
        assertActsOnNothing(text);
        assertThat(printer.prints()).allSatisfy(what -> assertThat(text).contains(Printable.of(name(what))));
        assertThat(text).doesNotContain("\n\\r", "\t\\u0000"); // a line feed or a tab of a name
    }

    @Test
    void jsonHasThemForReadersAndNotForTerminals() {
        String json = ProfileJson.of(PROFILE);
        assertActsOnNothing(json);
        JsonNode read = JsonMapper.shared().readTree(json);
        JsonNode group = read.path("groups").get(0);
        assertThat(read.path("scope").asString()).isEqualTo(name("scope"));
        assertThat(group.path("name").asString()).isEqualTo(NAME);
        assertThat(group.path("waitsOn").asString()).isEqualTo(name("waitsOn"));
        assertThat(group.path("creator").asString()).isEqualTo(name("creator"));
        assertThat(group.path("stack").get(0).asString()).contains(name("class"), name("file"));
    }

    private static List<String> logged(ThreadReport report) {
        List<String> events = new ArrayList<>();
        System.Logger logger = new System.Logger() {
            @Override
            public String getName() {
                return "test";
            }

            @Override
            public boolean isLoggable(Level level) {
                return true;
            }

            @Override
            public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
                events.add(message);
            }

            @Override
            public void log(Level level, ResourceBundle bundle, String format, Object... params) {
                events.add(format);
            }
        };
        new ReportLog(logger, Duration.ofMinutes(1)).log(report);
        return events;
    }

    private static List<String> pprof(ThreadProfile profile) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Pprof.write(profile, bytes);
            CodedInputStream in = CodedInputStream.newInstance(
                    new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray())).readAllBytes());
            List<String> strings = new ArrayList<>();
            for (int tag; (tag = in.readTag()) != 0; ) {
                if (tag >>> 3 == 6) {
                    strings.add(in.readString());
                } else {
                    in.skipField(tag);
                }
            }
            return strings;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Real threads, over a real connection, in every form. */
    @ParameterizedTest
    @ValueSource(strings = {"debug=1", "debug=2", "format=collapsed", "format=json"})
    void theServerSendsThemEscaped(String query) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Launcher threads = Launcher.of(ThreadKind.PLATFORM);
                ProfileServer server = ProfileServer.start(0, ThreadSource.of(threads), null);
                HttpClient client = HttpClient.newHttpClient()) {
            threads.start(NAME, () -> {
                threads.start(NAME, end::await);
                end.await();
            });
            until(() -> ThreadProfile.of(ThreadSource.of(threads))
                            .waiting()
                            .threads()
                            .size()
                    == 2);
            URI page = URI.create("http://127.0.0.1:" + server.address().getPort() + "/debug/pprof/threads?" + query);
            String body = client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            end.countDown();
            assertThat(body).isNotEmpty();
            assertActsOnNothing(body);
            switch (query) {
                case "format=collapsed" -> assertThat(body).doesNotContain("name");
                case "format=json" ->
                    assertThat(JsonMapper.shared()
                                    .readTree(body)
                                    .path("groups")
                                    .get(0)
                                    .path("name")
                                    .asString())
                            .isEqualTo(NAME);
                default -> assertThat(body).contains("created by " + Printable.of(NAME));
            }
        }
    }

    @Test
    void aCheckNamesThemEscaped() {
        CountDownLatch end = new CountDownLatch(1);
        Launcher threads = Launcher.of(ThreadKind.PLATFORM);
        try {
            threads.start(NAME, end::await);
            LeakCheck check = LeakCheck.of(ThreadSource.of(threads)).retry(1, Duration.ZERO);
            String message = catchThrowableOfType(LeakedThreadsError.class, check::verifyNone)
                    .getMessage();
            assertActsOnNothing(message);
            assertThat(message).contains("named \"" + Printable.of(NAME) + "\"");
        } finally {
            end.countDown();
            threads.close();
        }
    }

    @Test
    void aDeadlockNamesThemEscaped() {
        ReentrantLock[] locks = {new ReentrantLock(), new ReentrantLock()};
        CountDownLatch both = new CountDownLatch(2);
        Launcher threads = Launcher.of(ThreadKind.PLATFORM);
        try {
            Map<Integer, Thread> waiting = new LinkedHashMap<>();
            for (int i = 0; i < 2; i++) {
                ReentrantLock first = locks[i];
                ReentrantLock second = locks[1 - i];
                waiting.put(
                        i,
                        threads.start(NAME, () -> {
                                    first.lock();
                                    both.countDown();
                                    both.await();
                                    second.lockInterruptibly();
                                })
                                .thread());
            }
            until(() -> waiting.values().stream()
                    .allMatch(thread -> thread.getState() == Thread.State.WAITING
                            && both.getCount() == 0
                            && !Deadlock.find(ThreadSource.of(threads)).isEmpty()));
            ThreadReport report = Deadlock.report(ThreadSource.of(threads));
            assertThat(report.notes()).hasSize(1).allSatisfy(PrintableReportsTest::assertActsOnNothing);
            assertThat(report.notes().getFirst())
                    .startsWith(Printable.of(NAME) + " waits for ")
                    .endsWith(", held by " + Printable.of(NAME));
        } finally {
            threads.live().forEach(launched -> launched.thread().interrupt());
            threads.close();
        }
    }
}
