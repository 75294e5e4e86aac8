package org.leaklab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.ab.SideFiles;
import org.leaklab.results.ResultFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged jar's {@code bench ab}, of the jar against itself: killed in the middle, and started again. */
@Tag("once")
class AbIT {

    private static final int PATIENCE = 100;

    @TempDir
    Path folder;

    private Process start(String... more) throws IOException {
        String jar = System.getProperty("leaklab.jar");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder, // JMH's lock is there
                "-jar",
                jar,
                "bench",
                "ab",
                jar,
                jar,
                "-o",
                output().toString(),
                "core.MutexHandOff",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "50ms"));
        for (String param : List.of("threads=platform", "implementation=leaklab", "carriers=default")) {
            command.addAll(List.of("-p", param));
        }
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private Path output() {
        return folder.resolve("results");
    }

    private String said(String where) throws IOException {
        return Files.readString(folder.resolve(where));
    }

    private int pairs() throws IOException {
        Path file = output().resolve("pairs.jsonl");
        return Files.exists(file) ? Files.readAllLines(file).size() - 2 : 0;
    }

    private void runToItsEnd(String... more) throws IOException, InterruptedException {
        Process process = start(more);
        try {
            assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS))
                    .as("ends in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(said("out") + said("err")).isZero();
    }

    @Test
    void aRunThatIsStoppedIsCompletedByTheSameCommand() throws Exception {
        Process stopped = start("--pairs", "3");
        List<ProcessHandle> forks;
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
            while (pairs() < 1 || stopped.descendants().findAny().isEmpty()) {
                assertThat(stopped.isAlive()).as(said("out") + said("err")).isTrue();
                assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
                Thread.sleep(20);
            }
            forks = stopped.descendants().toList();
        } finally {
            stopped.destroy(); // as Ctrl-C does
            assertThat(stopped.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
        }
        for (ProcessHandle fork : forks) {
            assertThat(fork.onExit().get(PATIENCE, TimeUnit.SECONDS).isAlive()).isFalse();
        }
        assertThat(said("err")).doesNotContain("exit code");
        int before = pairs();
        assertThat(before).isBetween(1, 2);

        runToItsEnd("--pairs", "3");
        assertThat(said("err"))
                .startsWith("bench ab: pair " + (before + 1) + " of 3")
                .contains("bench ab: pair 3 of 3");
        assertThat(said("out"))
                .contains("(the same jar)", "MutexHandOff.turn", "no verdict", "both sides for compare: ")
                .containsPattern("no verdict: (too few pairs: with 3|the machine moved)");
        SideFiles sides = new SideFiles(output());
        for (Path file : List.of(sides.base(), sides.now())) {
            assertThat(ResultFile.read(file))
                    .singleElement()
                    .satisfies(row -> assertThat(row.primary().forks()).hasSize(3));
            assertThat(Files.readString(file))
                    .doesNotContain(System.getProperty("java.home"))
                    .doesNotContain(folder.toString());
        }

        runToItsEnd("--pairs", "3", "--json");
        assertThat(said("err")).as("nothing is missing").isEmpty();
        JsonNode json = JsonMapper.shared().readTree(said("out"));
        assertThat(json.at("/pairs").asInt()).isEqualTo(3);
        assertThat(json.at("/rows/0/word").asString()).isEqualTo("no verdict");
        assertThat(json.at("/rows/0/ratio").asDouble()).isPositive();
    }
}
