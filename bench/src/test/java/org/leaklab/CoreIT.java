package org.leaklab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The benchmarks of the core in the packaged jar: each value in the JVM that it needs, and in no other. */
@Tag("once")
class CoreIT {

    private static final String ONE_CARRIER =
            "-Djdk.virtualThreadScheduler.parallelism=1 -Djdk.virtualThreadScheduler.maxPoolSize=1";

    @TempDir
    Path folder;

    private record Ended(int exitCode, String out, String err) {}

    private Ended jar(List<String> options, List<String> args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Djava.io.tmpdir=" + folder); // JMH's lock is there
        command.addAll(List.of("-jar", System.getProperty("leaklab.jar")));
        command.addAll(args);
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(err)
                .start();
        try {
            assertThat(process.waitFor(100, TimeUnit.SECONDS))
                    .as("ends in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
    }

    private Ended jar(String... args) throws IOException, InterruptedException {
        return jar(List.of(), List.of(args));
    }

    /** JMH's own command line, with one short iteration in one fork. */
    private Ended jmh(Path json, String... args) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-f", "1", "-wi", "0", "-i", "1", "-r", "50ms", "-foe", "true"));
        all.addAll(List.of("-rf", "json", "-rff", json.toString()));
        all.addAll(List.of(args));
        return jar(List.of(), all);
    }

    @Test
    void plainJmhHasOnlyWhatRunsInEveryJvm() throws Exception {
        List<String> lines = jar("-lp", "core").out().lines().map(String::strip).toList();
        assertThat(lines.stream().filter(line -> line.startsWith("org.")))
                .hasSize(17)
                .contains("org.leaklab.bench.core.PingPong.roundTrip", "org.leaklab.bench.core.ForkJoin.task");
        assertThat(lines.stream().filter(line -> line.startsWith("param \"carriers\"")))
                .hasSize(17)
                .containsOnly("param \"carriers\" = {default}");
        assertThat(lines)
                .contains("param \"implementation\" = {leaklab, leaklab-launcher, raw-threads, per-task-executor}")
                .noneMatch(line -> line.contains("structured"));
    }

    /** The virtual threads of each fork tell by a recording which carriers were started. */
    @Test
    void aRowOfOneCarrierRunsOnOneCarrier() throws Exception {
        Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor has one carrier");
        assertThat(carriers("1")).containsExactly("ForkJoinPool-1-worker-1");
        assertThat(carriers("default")).hasSizeGreaterThan(1);
    }

    private Set<String> carriers(String value) throws IOException, InterruptedException {
        Path own = Files.createDirectories(folder.resolve(value));
        Ended ended = jar(
                List.of("-XX:StartFlightRecording:filename=" + own.resolve("%p.jfr")), // in the forks too
                List.of(
                        "bench",
                        "core",
                        "--preset",
                        "quick",
                        "--only",
                        "RendezvousOneToOne",
                        "-p",
                        "implementation=leaklab",
                        "-p",
                        "threads=virtual",
                        "-p",
                        "carriers=" + value,
                        "-o",
                        own.toString()));
        assertThat(ended.exitCode()).as(ended.out + ended.err).isZero();
        JsonNode results = JsonMapper.shared().readTree(own.resolve("core.json").toFile());
        assertThat(results).hasSize(1);
        assertThat(results.get(0).at("/params/carriers").asString()).isEqualTo(value);
        Set<String> carriers = new TreeSet<>();
        try (Stream<Path> files = Files.list(own)) {
            for (Path recording :
                    files.filter(file -> file.toString().endsWith(".jfr")).toList()) {
                for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
                    if (event.getEventType().getName().equals("jdk.ThreadStart")) {
                        carriers.add(String.valueOf(event.getThread("thread").getJavaName()));
                    }
                }
            }
        }
        carriers.removeIf(name -> !name.matches("ForkJoinPool-1-worker-\\d+"));
        return carriers;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PingPong | leaklab | 1 | -Xmx1g | carriers=1 needs a JVM with " + ONE_CARRIER + ": give JMH",
                "PingPong | leaklab | default | " + ONE_CARRIER + " | carriers=default needs a JVM without "
                        + ONE_CARRIER,
                "ForkJoin | structured-task-scope | default | -Xmx1g | needs a JVM with --enable-preview: give JMH",
                "ForkJoin | leaklab | default | --enable-preview | needs a JVM without --enable-preview",
            })
    void aForkRefusesWhatItsJvmIsNotFor(
            String benchmark, String implementation, String carriers, String options, String sentence)
            throws Exception {
        Ended ended = jmh(
                folder.resolve("refused.json"),
                "-p",
                "threads=virtual",
                "-p",
                "implementation=" + implementation,
                "-p",
                "carriers=" + carriers,
                "-jvmArgsPrepend",
                options,
                benchmark);
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out).contains("IllegalStateException: ", sentence);
    }

    @Test
    void aRunSaysWhyAForkRefused() throws Exception {
        Ended ended = jar(
                List.of("-Djdk.virtualThreadScheduler.parallelism=2"), // which forks inherit
                List.of(
                        "bench",
                        "core",
                        "--preset",
                        "quick",
                        "--only",
                        "Rendezvous",
                        "-p",
                        "implementation=leaklab",
                        "-p",
                        "threads=virtual",
                        "-o",
                        folder.resolve("results").toString()));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err)
                .contains("carriers=default needs a JVM without -Djdk.virtualThreadScheduler.parallelism=2: leave");
    }

    /** Structured scopes need their fork's options, so only a real run shows that they work on this JDK. */
    @Test
    void coreIsMeasuredBesideItsPeersAndPrintedAsTables() throws Exception {
        Path results = folder.resolve("results");
        Ended run = jar(
                "bench",
                "core",
                "--preset",
                "full",
                "--only",
                "ForkJoin",
                "-f",
                "1",
                "-p",
                "implementation=leaklab,structured-task-scope,jox-structured",
                "-p",
                "threads=virtual",
                "-o",
                results.toString());
        assertThat(run.exitCode()).as(run.out + run.err).isZero();
        Path json = folder.resolve("select.json");
        Ended select = jmh(
                json,
                "-p",
                "threads=virtual",
                "-p",
                "carriers=1",
                "-p",
                "capacity=100",
                "-jvmArgsPrepend",
                ONE_CARRIER,
                "SelectDataOrDone");
        assertThat(select.exitCode()).as(select.out + select.err).isZero();

        Ended table = jar("core-table", results.resolve("core.json").toString(), json.toString());
        assertThat(table.exitCode()).as(table.err).isZero();
        assertThat(table.out())
                .containsPattern("\\| Threads \\| Carriers \\| leaklab \\| .*structured-task-scope \\|")
                .containsPattern("\\| virtual \\| default \\| .*[0-9.,]+ ± [0-9.,]+ \\(")
                .containsPattern("\\| virtual \\| 1 \\| .*[0-9.,]+ ± [0-9.,]+ \\(")
                .containsPattern("\\| capacity 100 \\| virtual \\| 1 \\| [0-9.,]+ ± \\? \\|.*x, \\? to \\?\\) \\|");
        assertThat(table.out().contains("jox-structured"))
                .isEqualTo(Runtime.version().feature() == 25);
    }
}
