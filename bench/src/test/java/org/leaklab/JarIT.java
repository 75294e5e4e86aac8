package org.leaklab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.bench.run.Finished;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The packaged jar, run as users run it. */
class JarIT {

    @TempDir
    Path folder;

    private record Ended(int exitCode, String out, String err) {}

    private Ended java(Path java, String... args) throws IOException, InterruptedException {
        return java(java, List.of(), args);
    }

    private Ended java(Path java, List<String> options, String... args) throws IOException, InterruptedException {
        return java(java, Path.of(""), options, args);
    }

    private Ended java(Path java, Path in, List<String> options, String... args)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options);
        command.add("-Djava.io.tmpdir=" + folder); // JMH's lock is there
        command.addAll(List.of("-jar", System.getProperty("leaklab.jar")));
        command.addAll(List.of(args));
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        Process process = new ProcessBuilder(command)
                .directory(in.toAbsolutePath().toFile())
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
        return java(thisJava(), args);
    }

    private static Path thisJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Where a thread cannot come back, its stack was captured before; and each collector gives the same answers. */
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseZGC"})
    void aProbeFindsLeaksWithEachCollector(String collector) throws Exception {
        Ended run = java(
                thisJava(),
                List.of(collector),
                "run",
                "send-without-receiver",
                "mutex-never-unlocked",
                "ignores-cancellation",
                "--idiom",
                "channel",
                "--threads",
                "virtual",
                "--variant",
                "both",
                "--detector",
                "reachability");
        assertThat(run.exitCode()).as(run.out + run.err).isZero();
        assertThat(run.out.lines().map(String::strip).filter(line -> line.startsWith("reachability: ")))
                .containsExactly(
                        "reachability: caught",
                        "reachability: silent",
                        "reachability: caught",
                        "reachability: silent",
                        "reachability: missed",
                        "reachability: silent");
        assertThat(run.out).contains("1 virtual, waiting on org.leaklab.core.Channel at org.leaklab.scenario");

        Ended churn = java(thisJava(), List.of(collector), "churn", "--threads", "1000", "--probes", "3");
        assertThat(churn.exitCode()).as(churn.out + churn.err).isZero();
    }

    @Test
    void aProbeSaysSoWhereNoCollectionIsToBeHad() throws Exception {
        Ended run = java(
                thisJava(),
                List.of("-XX:+DisableExplicitGC"),
                "run",
                "send-without-receiver",
                "--threads",
                "virtual",
                "--detector",
                "reachability");
        assertThat(run.exitCode()).as(run.out + run.err).isZero();
        assertThat(run.out).contains("reachability: cannot see", "this JVM runs with -XX:+DisableExplicitGC");
        assertThat(run.err).isEmpty();
    }

    @Test
    @Tag("once")
    void jmhTakesWhatIsNotOurs() throws Exception {
        assertThat(jar("-l").out()).contains("org.leaklab.bench.scenario.ScenarioThroughput.life");
        assertThat(jar("-lp", "RetainedMemory").out()).contains("param \"holder\"");
        assertThat(jar("-lprof").out()).contains("org.leaklab.bench.Secondary");
        assertThat(jar("-h").out()).contains("-rff <filename>");
    }

    @Test
    @Tag("once")
    void jmhTakesAllAfterItsName() throws Exception {
        assertThat(jar("jmh", "-l").out()).contains("org.leaklab.bench.scenario.ScenarioThroughput.life");
        Ended ended = jar("jmh", "report.*");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out() + ended.err()).contains("No matching benchmarks");
    }

    /** And adds the profiler of our metrics. */
    @Test
    @Tag("once")
    void jmhTakesAPatternThatMatches() throws Exception {
        Ended ended = jar("core.PingPong", "-lp");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("PingPong").doesNotContain("RetainedMemory");
    }

    @Tag("once")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "detct | 'detct' is no command and matches no benchmark: did you mean detect? (benchmarks.jar --help",
                "rn | 'rn' is no command: did you mean run?",
                "zebra | 'zebra' is no command and matches no benchmark (benchmarks.jar --help lists the commands)",
                "( | '(' is no command and no pattern for names of benchmarks: Unclosed group",
            })
    void aWordOfNobodysStartsNothing(String word, String sentence) throws Exception {
        Ended ended = jar(word, "-f", "1");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("benchmarks.jar: " + sentence.replace('\'', '"'))
                .hasLineCount(1)
                .doesNotContain("regexp");
    }

    @Test
    @Tag("once")
    void helpAndVersionAreOurs() throws Exception {
        assertThat(jar("--help").out()).contains("Commands:", "  serve ", "  watch ");
        assertThat(jar("--help").out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(jar("--version").out()).startsWith("leaklab ");
    }

    /** Its figures are those of the files that it finds; the one group that is missing cannot be measured. */
    @Test
    @Tag("once")
    void noWordAtAllIsTheFirstLook() throws Exception {
        Path quick = folder.resolve("results/local/" + Runtime.version().feature() + "/quick");
        Finished.write(folder.resolve("results/local/1/quick"), "quick");
        Finished.write(quick, "quick");
        asIfMeasuredBy(quick, "-XX:+UseSerialGC");
        Files.delete(quick.resolve("collector.json"));

        Ended ended = java(thisJava(), folder, List.of("-XX:+UseSerialGC")); // and its forks want -XX:+UseG1GC too
        assertThat(ended.exitCode()).as(ended.out + ended.err).isEqualTo(1);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .startsWith("A first look: a part of each group of benchmarks, one fork each, about 15 s.\n  help: ")
                .containsPattern("(?m)^  everything, \\d+ hours: +.* -jar .*benchmarks.jar bench --preset full$")
                .containsPattern("(?m)^scenario: skipped: ")
                .containsPattern("(?m)^collector: CollectorImpact.G1.full beside=none failed: ")
                .containsPattern("(?m)^collector: failed: 4 of 4 rows; the same command tries them again$")
                .containsPattern("(?m)^collector was not measured: failed: 4 of 4 rows")
                .containsPattern("(?m)^first-result-wins, leaky +1,234 lives/s \\(fixed: 321\\)$")
                .contains("one fork: for a first look, not for comparing");
        assertThat(Files.readString(quick.resolve("bench.log"))).contains("=== collector.CollectorImpact.G1.full");

        List<String> next = ended.out()
                .lines()
                .dropWhile(line -> !line.equals("next:"))
                .skip(1)
                .toList();
        assertThat(next).hasSize(2);
        for (String command : next) {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("next").toFile())
                    .start();
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(command + "\n" + Files.readString(folder.resolve("next")))
                    .isZero();
        }
        assertThat(folder.resolve("report.html")).isNotEmptyFile();
    }

    /** The files of this JVM say that it is not packaged, and has other options. */
    private static void asIfMeasuredBy(Path results, String option) throws IOException {
        try (Stream<Path> files = Files.list(results)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".environment.json"))
                    .toList()) {
                ObjectNode environment = (ObjectNode) JsonMapper.shared().readTree(Files.readString(file));
                environment.put("jarVersion", System.getProperty("leaklab.version"));
                environment.putArray("flags").add(option);
                Files.writeString(file, environment.toString());
            }
        }
    }

    /** JMH asks sun.misc.Unsafe, and the JDK warns of that; JMH's own words belong into the log too. */
    @Test
    void warningsGoToTheLog() throws Exception {
        Ended ended = jar(
                "bench",
                "scheduling",
                "--preset",
                "quick",
                "-p",
                "operation=fork-join",
                "-p",
                "beside=none",
                "-o",
                folder.toString());
        assertThat(ended.exitCode()).as(ended.out + ended.err).isZero();
        assertThat(ended.out() + ended.err()).doesNotContain("WARNING");
        assertThat(Files.readString(folder.resolve("bench.log")))
                .contains("=== scheduling.SchedulingImpact.operations beside=none", "# Warmup Iteration   1:");
    }

    @Test
    void jmhMeasuresALeakAndItsBytes() throws Exception {
        Path json = folder.resolve("result.json");
        Ended ended = jar(
                "-f",
                "1",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "50ms",
                "-foe",
                "true",
                "-rf",
                "json",
                "-rff",
                json.toString(),
                "-p",
                "scenario=send-without-receiver",
                "-p",
                "on=channel",
                "-p",
                "depth=0",
                "-p",
                "payload=0",
                "-p",
                "holder=array",
                "-p",
                "threads=platform",
                "ScenarioThroughput|RetainedMemory.Warm.stuck");
        assertThat(ended.exitCode()).as(ended.out + ended.err).isZero();
        JsonNode results = JsonMapper.shared().readTree(Files.readString(json));
        assertThat(results.size()).isEqualTo(3);
        for (JsonNode result : results) {
            assertThat(result.at("/primaryMetric/score").asDouble()).isPositive();
            if (result.get("benchmark").asString().endsWith("RetainedMemory.Warm.stuck")) {
                double threads = result.at("/secondaryMetrics/population/score").asDouble();
                assertThat(threads).isEqualTo(800);
                JsonNode reserved = result.at("/secondaryMetrics/native.stack.reserved");
                assertThat(reserved.get("scoreUnit").asString()).isEqualTo("B");
                assertThat(reserved.get("score").asDouble() / threads).isGreaterThan(100_000);
                for (String metric : List.of("heap", "heap.histogram", "native.thread.committed", "rss")) {
                    assertThat(result.at("/secondaryMetrics/" + metric + "/score")
                                    .asDouble())
                            .as(metric)
                            .isPositive();
                }
            }
        }
    }

    @Test
    @Tag("once")
    void histogramsAreKeptBesideTheResults() throws Exception {
        Ended ended = jar(
                "bench",
                "detection",
                "--preset",
                "quick",
                "-p",
                "detector=count",
                "-p",
                "stuck=10",
                "-o",
                folder.toString());
        assertThat(ended.exitCode()).as(ended.out + ended.err).isZero();
        Path log = folder.resolve("detection.histograms").resolve("delay-count-500ms.hlog");
        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            assertThat(((Histogram) reader.nextIntervalHistogram()).getTotalCount())
                    .isPositive();
        }
        assertThat(Files.readString(folder.resolve("detection.json"))).doesNotContain("leaklab.histograms");
    }

    @Test
    void runsAScenarioThatNeedsAJvmOfItsOwn() throws Exception {
        Ended ended = jar("run", "pinned-carrier", "--variant", "both");
        assertThat(ended.exitCode()).as(ended.out + ended.err).isZero();
        assertThat(ended.out()).contains("8 as expected, 0 unexpected");
    }

    /** The sources are in it, and the templates. */
    @Test
    @Tag("once")
    void lessonsNeedNothingButTheJar() throws Exception {
        Path site = folder.resolve("site");
        Ended ended = jar("lessons", "-o", site.toString(), "../results");
        assertThat(ended.exitCode()).as(ended.out + ended.err).isZero();
        String page = Files.readString(site.resolve("early-return.html"));
        assertThat(page.replaceAll("</?span[^>]*>", ""))
                .contains("Channel&lt;Integer&gt; rows = Channel.buffered(1);", "nobody who runs");
    }

    @Test
    @Tag("once")
    void badInputEndsWithTwo() throws Exception {
        Ended ended = jar("run", "nonsense");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).hasLineCount(1).contains("there is no scenario \"nonsense\"");
    }

    @Test
    void anOldJavaIsToldWhatIsNeeded() throws Exception {
        Path old = olderJava();
        Assumptions.assumeTrue(old != null, "no Java older than 21 on this machine");
        Ended ended = java(old, "scenarios");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).hasLineCount(1).startsWith("leaklab needs Java 21 or newer and this is Java ");
    }

    private static Path olderJava() throws IOException {
        Path parent = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(parent)) {
            return null;
        }
        try (Stream<Path> homes = Files.list(parent)) {
            return homes.filter(home -> home.getFileName().toString().matches(".*\\b(8|11|17)\\b.*"))
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElse(null);
        }
    }
}
