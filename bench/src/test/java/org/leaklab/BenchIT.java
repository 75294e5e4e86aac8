package org.leaklab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.bench.run.Row;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged jar's {@code bench}, with real forks: killed in the middle, and started again. */
class BenchIT {

    private static final int PATIENCE = 100;

    @TempDir
    Path folder;

    private Process start(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder, // JMH's lock is there
                "-jar",
                System.getProperty("leaklab.jar"),
                "bench",
                "scenario",
                "--preset",
                "quick",
                "-p",
                "scenario=send-without-receiver,first-result-wins,mutex-relock",
                "-p",
                "pattern=pipeline",
                "-p",
                "variant=leaky",
                "-p",
                "threads=virtual",
                "--output",
                output().toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private void runToItsEnd(String... more) throws IOException, InterruptedException {
        Process process = start(more);
        try {
            assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS))
                    .as("ends in time")
                    .isTrue();
        } finally {
            end(process);
        }
        assertThat(process.exitValue()).as(said("out") + said("err")).isZero();
    }

    /** With its forks. */
    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> forks = process.descendants().toList();
        process.destroyForcibly().waitFor();
        forks.forEach(ProcessHandle::destroyForcibly);
    }

    private Path output() {
        return folder.resolve("results");
    }

    private String said(String where) throws IOException {
        return Files.readString(folder.resolve(where));
    }

    private List<String> measured() throws IOException {
        Path journal = output().resolve(".scenario.json.journal");
        return Files.exists(journal) ? Files.readAllLines(journal) : List.of();
    }

    @Test
    void aRunThatIsKilledIsCompletedByTheSameCommand() throws Exception {
        runToItsEnd("--list");
        List<String> wanted =
                said("out").lines().takeWhile(line -> !line.isEmpty()).toList();
        assertThat(wanted).hasSize(4);

        Process killed = start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
            while (measured().size() < 1 + 2) { // where and how, then two rows
                assertThat(killed.isAlive()).as(said("out") + said("err")).isTrue();
                assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
                Thread.sleep(20);
            }
        } finally {
            end(killed);
        }
        int before = measured().size() - 1;
        assertThat(output().resolve("scenario.json")).doesNotExist();

        runToItsEnd();
        assertThat(said("err"))
                .contains("scenario: 4 rows with the preset quick, " + before + " of them measured before");
        assertThat(said("out")).startsWith("scenario: done: 4 rows in ");
        assertThat(output()).isDirectoryNotContaining("glob:**journal");
        JsonNode results = JsonMapper.shared().readTree(Files.readString(output().resolve("scenario.json")));
        List<String> rows = new ArrayList<>();
        for (JsonNode result : results) {
            rows.add(Row.of(result).label());
            assertThat(result.at("/primaryMetric/score").asDouble()).isPositive();
        }
        assertThat(rows).containsExactlyElementsOf(wanted);

        for (String file : List.of("scenario.json", "scenario.environment.json")) {
            assertThat(Files.readString(output().resolve(file)))
                    .doesNotContain(folder.toString())
                    .doesNotContain(System.getProperty("java.home"))
                    .doesNotContainPattern("[\"=]/");
        }

        runToItsEnd();
        assertThat(said("out")).startsWith("scenario: skipped: ");
    }
}
