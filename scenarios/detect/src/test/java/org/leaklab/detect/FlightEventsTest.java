package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.alone.ProbesOnce;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.Mutex;
import org.leaklab.core.ThreadKind;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.analysis.Analyzer;

/** Plants what detectors find, records, and reads the file. */
class FlightEventsTest {

    private static final String PROBE = "org.leaklab.Probe";
    private static final String LEAKED = "org.leaklab.LeakedThread";
    private static final String STUCK = "org.leaklab.StuckThread";

    @TempDir
    Path folder;

    private interface Work {
        void run() throws Exception;
    }

    /** The file of a recording that had its usual settings while something was done. */
    private Path recorded(Work work) throws Exception {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return file;
    }

    private static List<RecordedEvent> events(Path file, String name) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    private static void awaitWaiting(Launcher threads) {
        until(() ->
                threads.live().stream().allMatch(launched -> launched.thread().getState() == Thread.State.WAITING));
    }

    private static void leaked() throws InterruptedException {
        Channel.nil().receive();
    }

    private static void probeTwoLeakedAndOneHeld() throws InterruptedException {
        Channel<String> held = Channel.unbuffered();
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
                Reachability reachability = Reachability.of(threads)) {
            threads.start("leaked", FlightEventsTest::leaked);
            threads.start("leaked\ttoo", FlightEventsTest::leaked);
            threads.start("held", held::receive);
            awaitWaiting(threads);
            assertThat(reachability.probe().threads()).hasSize(2);
            held.close();
        }
    }

    @Test
    void aProbeAndEachLeakedThreadIsAnEvent() throws Exception {
        Path file = recorded(FlightEventsTest::probeTwoLeakedAndOneHeld);
        assertThat(events(file, PROBE)).singleElement().satisfies(probe -> {
            assertThat(probe.getInt("leaked")).isEqualTo(2);
            assertThat(probe.getInt("alive")).isEqualTo(1);
            assertThat(probe.getInt("suspects")).isZero();
            assertThat(probe.getBoolean("sound")).isTrue();
            assertThat(probe.getString("scope")).isEqualTo("virtual threads of the launcher");
            assertThat(probe.getString("failure")).isNull();
            assertThat(probe.getDuration()).isPositive();
        });
        assertThat(events(file, LEAKED))
                .extracting(event -> event.getString("name"))
                .containsExactlyInAnyOrder("leaked", "leaked\\ttoo");
        assertThat(events(file, LEAKED)).allSatisfy(event -> {
            assertThat(event.getLong("id")).isPositive();
            assertThat(event.getString("kind")).isEqualTo("virtual");
            assertThat(event.getString("state")).isEqualTo("WAITING");
            assertThat(event.getString("blocker")).isEqualTo(Channel.class.getName());
            assertThat(event.getDuration("age")).isBetween(Duration.ZERO, Duration.ofHours(1));
            assertThat(event.getInt("alike")).isEqualTo(2);
            assertThat(event.getBoolean("unlessInterrupted")).isFalse();
            assertThat(event.getString("place")).contains("FlightEventsTest.leaked");
            assertThat(event.getString("stack")).contains("\n").contains("FlightEventsTest.leaked");
        });
        assertThat(events(file, STUCK)).isEmpty();
    }

    @Test
    void eachThreadOfADeadlockIsAnEvent() throws Exception {
        Path file = recorded(() -> {
            Mutex mutex = new Mutex();
            try (Launcher threads = Launcher.of(ThreadKind.PLATFORM)) {
                threads.start("itself", () -> {
                    mutex.lock();
                    mutex.lock();
                });
                awaitWaiting(threads);
                until(() -> !Deadlock.find(ThreadSource.of(threads)).isEmpty());
            }
        });
        assertThat(events(file, STUCK)).isNotEmpty().allSatisfy(event -> {
            assertThat(event.getString("name")).isEqualTo("itself");
            assertThat(event.getString("kind")).isEqualTo("platform");
            assertThat(event.getString("blocker")).isEqualTo(Mutex.class.getName());
            assertThat(event.getString("creator"))
                    .isEqualTo(Thread.currentThread().getName());
            assertThat(event.getDuration("age")).isBetween(Duration.ZERO, Duration.ofHours(1));
            assertThat(event.getString("circle")).isEqualTo("itself waits for a mutex, held by itself");
            assertThat(event.getString("stack")).contains("FlightEventsTest");
        });
        assertThat(events(file, LEAKED)).as("a deadlock is no probe").isEmpty();
    }

    @Test
    void aProbeThatFailsIsAnEventToo() throws Exception {
        Path file = recorded(() -> assertThatThrownBy(() -> FlightEvents.recorded(() -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused"));
        assertThat(events(file, PROBE))
                .singleElement()
                .satisfies(probe -> assertThat(probe.getString("failure")).isEqualTo("refused"));
    }

    private static ThreadSnapshot snapshot(long id) {
        return new ThreadSnapshot(
                "t",
                id,
                ThreadKind.VIRTUAL,
                Thread.State.WAITING,
                null,
                "",
                null,
                Collections.nCopies(70, new StackTraceElement("C", "m", "C.java", 1)));
    }

    /** A recording must not grow with a leak of a million threads, nor with a stack of a thousand frames. */
    @Test
    void manyThreadsAlikeAreAHundredEventsThatSayHowManyThereAre() throws Exception {
        List<ThreadSnapshot> threads = Stream.iterate(1L, id -> id + 1)
                .limit(150)
                .map(FlightEventsTest::snapshot)
                .toList();
        Path file = recorded(() -> FlightEvents.leaked(threads, Set.of(1L)));
        assertThat(events(file, LEAKED)).hasSize(FlightEvents.MOST_ALIKE).allSatisfy(event -> {
            assertThat(event.getInt("alike")).isEqualTo(150);
            assertThat(event.getBoolean("unlessInterrupted")).isEqualTo(event.getLong("id") == 1);
            assertThat(event.getLong("age")).as("unknown").isEqualTo(Long.MIN_VALUE);
            assertThat(event.getString("stack").lines()).hasSize(65);
            assertThat(event.getString("stack")).endsWith("\n… and 6 more");
        });
    }

    /** Nothing is recorded, or what is recorded does not want these events: then nobody even looks at the threads. */
    @Test
    void whatIsDisabledCostsNothing() throws Exception {
        List<ThreadSnapshot> untouchable = new AbstractList<>() {
            @Override
            public ThreadSnapshot get(int index) {
                throw new AssertionError("looked at");
            }

            @Override
            public int size() {
                throw new AssertionError("looked at");
            }
        };
        FlightEvents.leaked(untouchable, Set.of());
        Path file = folder.resolve("without.jfr");
        try (Recording recording = new Recording(Map.of(LEAKED + "#enabled", "false", PROBE + "#enabled", "false"))) {
            recording.start();
            FlightEvents.leaked(untouchable, Set.of());
            probeTwoLeakedAndOneHeld();
            recording.stop();
            recording.dump(file);
        }
        assertThat(events(file, LEAKED)).isEmpty();
        assertThat(events(file, PROBE)).isEmpty();
    }

    @Test
    @Tag("once")
    void jfrPrintShowsThem() throws Exception {
        Path file = recorded(FlightEventsTest::probeTwoLeakedAndOneHeld);
        Process jfr = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jfr").toString(),
                        "print",
                        "--events",
                        "org.leaklab.*",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(jfr.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said)
                    .contains("org.leaklab.Probe {", "leaked = 2", "duration = ")
                    .contains("org.leaklab.LeakedThread {", "name = \"leaked\"", "kind = \"virtual\"")
                    .contains("blocker = \"" + Channel.class.getName() + "\"", "FlightEventsTest.leaked");
        } finally {
            jfr.destroyForcibly();
        }
    }

    /** An image of Java may be linked without the recorder, and a program on the class path does not ask for it. */
    @Test
    @Tag("once")
    void withoutTheRecorderDetectorsWork() throws Exception {
        assertThat(OtherJvm.run(
                        List.of("--limit-modules", "java.base,java.management,jdk.management,jdk.attach"),
                        ProbesOnce.class))
                .contains("module null", "recorder false", "leaked 1");
    }

    @Test
    @Tag("once")
    void aProgramOfModulesHasTheEventsWithoutAnOption() throws Exception {
        Path file = folder.resolve("modules.jfr");
        String modules = Stream.of(
                        FlightEvents.class, Launcher.class, ClassReader.class, ClassNode.class, Analyzer.class)
                .map(FlightEventsTest::place)
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(OtherJvm.run(
                        List.of(
                                "--module-path",
                                modules,
                                "--add-modules",
                                "org.leaklab.detect",
                                "-XX:StartFlightRecording:filename=" + file + ",+" + PROBE + "#enabled=false"),
                        ProbesOnce.class))
                .contains("module org.leaklab.detect", "recorder true", "leaked 1");
        assertThat(events(file, LEAKED))
                .singleElement()
                .satisfies(event -> assertThat(event.getString("stack")).contains("ProbesOnce"));
        assertThat(events(file, PROBE)).as("switched off on the command line").isEmpty();
    }

    private static String place(Class<?> of) {
        try {
            return Path.of(of.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
