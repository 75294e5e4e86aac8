package org.leaklab.pages.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.pages.report.PlantedResults.around;
import static org.leaklab.pages.report.PlantedResults.forks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.results.IntervalLog;

/** A planted difference is a finding, and its absence is none; what is missing or wrong is said. */
@Tag("once")
class ReportTest {

    private static final Path COMMITTED = Path.of("..", "results");
    private static final int MOST_BYTES = 3 << 20;
    private static final Pattern FINDING =
            Pattern.compile("<li>(?:<svg.*?</svg>)?(?!<a)(.*?)(?: <a href=\"#[^<]*</a>)?</li>");

    @TempDir
    Path folder;

    private static List<String> findings(Path... inputs) {
        Matcher matcher = FINDING.matcher(ReportPage.html(List.of(inputs)));
        return matcher.results()
                .map(found -> found.group(1).replace("&lt;", "<").replace("&amp;", "&"))
                .toList();
    }

    @Test
    void onlyTheFirstFindingOfATopicStandsAtTheTop() throws IOException {
        String html = ReportPage.html(List.of(new PlantedResults()
                .memory("21.0.1", "channel", "virtual", 2000)
                .memory("25.0.1", "channel", "virtual", 1000)
                .memory("25.0.1", "channel", "platform", 30_000)
                .to(folder.resolve("memory.json"))));
        String top = html.substring(html.indexOf("<ol class=\"findings\">"), html.indexOf("</ol>"));
        String others = html.substring(html.indexOf("<ul class=\"others\">"));
        assertThat(top.split("<li>"))
                .as("one of memory, one of the JDKs side by side")
                .hasSize(3);
        assertThat(others.substring(0, others.indexOf("</ul>")).split("<li>")).hasSizeGreaterThan(1);
    }

    @Test
    void jdksThatDifferInMemoryAreNamedAndThoseThatDoNotAreNot() throws IOException {
        Path differ = new PlantedResults()
                .memory("21.0.1", "channel", "virtual", 2000)
                .memory("25.0.1", "channel", "virtual", 1000)
                .memory("25.0.1", "latch", "virtual", 800)
                .memory("25.0.1", "channel", "platform", 30_000)
                .to(folder.resolve("a/memory.json"));
        assertThat(findings(differ))
                .anySatisfy(finding -> assertThat(finding)
                        .matches("A stuck virtual thread keeps 800 ± \\d+ B \\(latch, JDK 25\\) to 2,000 ± \\d+ B "
                                + "\\(channel, JDK 21\\) of heap, by what it waits on\\."))
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith("JDKs differ most in channel: ")
                        .contains(" on JDK 25 and ", " on JDK 21, 2.00 times as much"))
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith("A stuck platform thread keeps 30,0")
                        .contains(" B of resident memory")
                        .contains("30.0 times the heap of a virtual one"));
        Path same = new PlantedResults()
                .memory("21.0.1", "channel", "virtual", 1000)
                .memory("25.0.1", "channel", "virtual", 1000)
                .to(folder.resolve("b/memory.json"));
        assertThat(findings(same))
                .noneMatch(finding -> finding.contains("differ most") || finding.startsWith("Worse"))
                .anySatisfy(finding ->
                        assertThat(finding).containsPattern("keeps 1,000 ± \\d+ B \\(channel, JDK 21\\) .*of heap"));
    }

    @Test
    void whatStuckThreadsDoToTheCollectorIsSaidOnlyWithEnoughForks() throws IOException {
        Path file = new PlantedResults()
                .own("21", "collector.CollectorImpact.G1.full", "ms/op", around(10), "beside", "none")
                .own("21", "collector.CollectorImpact.G1.full", "ms/op", around(50), "beside", "100000-virtual")
                .own("21", "collector.CollectorImpact.G1.full", "ms/op", around(20), "beside", "10000-virtual")
                .own("21", "collector.CollectorImpact.G1.full", "ms/op", around(25), "beside", "100000-objects")
                .own("25", "collector.CollectorImpact.G1.full", "ms/op", around(10), "beside", "none")
                .own("25", "collector.CollectorImpact.G1.full", "ms/op", around(10), "beside", "100000-virtual")
                .own("25", "collector.CollectorImpact.ZGC.full", "ms/op", forks(10, 3), "beside", "none")
                .own("25", "collector.CollectorImpact.ZGC.full", "ms/op", forks(90, 3), "beside", "100000-virtual")
                .to(folder.resolve("collector.json"));
        assertThat(findings(file))
                .anySatisfy(
                        finding -> assertThat(finding)
                                .isEqualTo(
                                        "The time that a full collection takes longer for each 100,000 stuck threads (threads 20 calls "
                                                + "deep that hold 1 KB each), with G1: 40.0 ± 0.157 ms on JDK 21 and none that shows on JDK 25."))
                .anySatisfy(finding -> assertThat(finding)
                        .isEqualTo(
                                "The time that a full collection takes longer for the bytes of 100,000 stuck threads in "
                                        + "plain objects (threads 20 calls deep that hold 1 KB each), with G1: 15.0 ± 0.059 ms "
                                        + "on JDK 21."))
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith(
                                "The time that a full collection takes longer for each 100,000 stuck threads than for the "
                                        + "same bytes in plain objects (")
                        .endsWith("), with G1: 25.0 ± 0.098 ms on JDK 21."))
                .noneMatch(finding -> finding.contains("ZGC") && finding.contains("longer"));
    }

    @Test
    void leakyAndFixedAreHeldAgainstEachOther() throws IOException {
        PlantedResults planted = new PlantedResults();
        for (String jdk : List.of("21", "25")) {
            for (String form : List.of("fixed", "leaky")) {
                double last = jdk.equals("21") && form.equals("leaky") ? 9000 : 3000;
                planted.own(
                                jdk,
                                "latency.LatencyImpact.requests",
                                "s/op",
                                around(3),
                                "form",
                                form,
                                "percent",
                                "10",
                                "threads",
                                "virtual",
                                "rate",
                                "2000",
                                "seconds",
                                "5")
                        .with("p50", "us", around(500))
                        .with("p99", "us", around(last))
                        .with("p99.9", "us", around(7 * last));
            }
            for (String percent : List.of("0", "1")) {
                boolean down = jdk.equals("21") && percent.equals("1");
                planted.own(
                                jdk,
                                "latency.PinnedCarrierLatency.requests",
                                "s/op",
                                around(3),
                                "percent",
                                percent,
                                "rate",
                                "200",
                                "seconds",
                                "3")
                        .with("p50", "us", around(down ? 8000 : 700)) // where most fail, of the slowest good one
                        .with("failures", "requests", down ? 400 : 0);
            }
        }
        assertThat(findings(planted.to(folder.resolve("latency.json"))))
                .anySatisfy(finding -> assertThat(finding)
                        .contains(
                                "99th percentile on virtual threads is, against one that leaks nothing, 3.00 times as long on JDK 21")
                        .contains("(9.00 ms against 3.00 ms, ")
                        .contains("; as long, within the noise, on JDK 25 (3.00 ms against 3.00 ms, p=1.000 n=5). ")
                        .containsPattern("An effect from 0\\.\\d+ % .*would have shown\\.$"))
                .noneMatch(finding -> finding.contains("99.9th")) // ten requests behind it in each fork
                .anySatisfy(finding -> assertThat(finding)
                        .isEqualTo(
                                "Where 1 % of the requests get stuck inside synchronized and there are two carriers, of "
                                        + "the requests after the second that is stuck all fail on JDK 21 and none fails on JDK 25. "
                                        + "Where hardly any fails, the median latency is, against nobody stuck, as long, within the "
                                        + "noise, on JDK 25 (0.700 ms against 0.700 ms, p=1.000 n=5)."));
        assertThat(ReportPage.html(List.of(folder)))
                .contains("No percentile of pinned in 1 %, virtual, on JDK 21: 66.7 % of all its requests failed.")
                .doesNotContain("8,000");
    }

    /** What is given up after 2 s is no latency, and the slowest answer before that is no median. */
    @Test
    void wherePartOfTheRequestsFailedALogHasNoPercentile() throws IOException {
        Path logs = folder.resolve("21/latency.histograms");
        Histogram latencies = new Histogram(3);
        latencies.recordValueWithCount(1_000, 500);
        latencies.recordValueWithCount(2_021_375, 500);
        try (IntervalLog log =
                IntervalLog.open(logs, "latency-pinned-1-virtual-beside-none", "a service, Java 21.0.3+9-LTS")) {
            log.interval(latencies, 3);
            log.finish();
        }
        assertThat(ReportPage.html(List.of(folder)))
                .contains("<td>pinned in 1 %, virtual</td><td class=\"number\">21</td>")
                .contains(">50.0 % failed</td>")
                .doesNotContain("data-value=\"1.00000\">1.00");
    }

    @Test
    void detectorsAreHeldAgainstTheirBars() throws IOException {
        PlantedResults planted = new PlantedResults();
        for (String detector : List.of("none", "count", "reachability")) {
            for (String operation : List.of("fork-join", "hand-off")) { // which is a control, and counts for no bar
                planted.own(
                                "25",
                                "overhead.DetectorOverhead.pairs",
                                "s/op",
                                around(1),
                                "detector",
                                detector,
                                "operation",
                                operation,
                                "threads",
                                "virtual",
                                "stuck",
                                "0")
                        .with("operation", "ns/op", around(400))
                        .with("added", "ns/op", around(detector.equals("reachability") ? 80 : 2));
            }
        }
        assertThat(findings(planted.to(folder.resolve("overhead.json"))))
                .containsExactly(
                        "Attached, the detector count reaches its bar for cost in 1 of 1 cell on JDK 25. At worst, in "
                                + "fork-join, virtual, JDK 25, it adds 2.0 ± 0.0 ns to an operation, which takes 1.005 ± 0.000 "
                                + "times as long.",
                        "Attached, the detector reachability reaches its bar for cost in 0 of 1 cell (1 missed) on JDK 25. "
                                + "At worst, in fork-join, virtual, JDK 25, it adds 80.0 ± 0.3 ns to an operation, which takes "
                                + "1.200 ± 0.000 times as long.");
        assertThat(ReportPage.html(List.of(folder))).contains("<td>control</td>");
    }

    @Test
    void whatADetectorMissesIsCounted() throws IOException {
        PlantedResults.detectors(folder.resolve("21/detectors.json"), "one", "caught", "two", "missed");
        PlantedResults.detectors(
                folder.resolve("25/detectors.json"), "one", "caught", "two", "caught", "three", "false alarm");
        assertThat(findings(folder))
                .containsExactly(
                        "Leaks caught, with all of their threads: reachability 1 of 2 on JDK 21 and 2 of 2 on JDK 25. "
                                + "1 false alarm besides.");
        assertThat(ReportPage.html(List.of(folder)))
                .contains("<td class=\"open\">21: missed, 25: caught</td>")
                .contains("<td class=\"good\">caught</td>")
                .contains("<td>three (fixed)</td>");
    }

    @Test
    void aLeakOfWhichSomeThreadsAreReportedIsNotCaught() throws IOException {
        PlantedResults.detectors(folder.resolve("25/detectors.json"), "one", "caught", "two", "caught 1 of 2");
        assertThat(findings(folder))
                .containsExactly(
                        "Leaks caught, with all of their threads: reachability 1 of 2. No detector gave a false alarm.");
        assertThat(ReportPage.html(List.of(folder))).contains("<td class=\"open\">caught 1 of 2</td>", ">In part</th>");
    }

    @Test
    void aFindingHasASmallPictureOfItsFirstRow() throws IOException {
        String html = ReportPage.html(List.of(new PlantedResults()
                .memory("21.0.1", "channel", "virtual", 2000)
                .memory("25.0.1", "channel", "virtual", 1000)
                .to(folder.resolve("memory.json"))));
        String finding = html.substring(html.indexOf("<li><svg"));
        finding = finding.substring(0, finding.indexOf("</li>"));
        Matcher points = Pattern.compile("cx=\"(\\d+)\"").matcher(finding);
        List<Integer> places =
                points.results().map(at -> Integer.parseInt(at.group(1))).toList();
        assertThat(places)
                .hasSizeGreaterThanOrEqualTo(2)
                .isSorted()
                .allSatisfy(x -> assertThat(x).isBetween(0, Sketch.WIDTH));
        assertThat(places.getLast()).isGreaterThan(places.getFirst());
    }

    @Test
    void theWorstThatAJdkBroughtIsTheFirstFinding() throws IOException {
        Path file = new PlantedResults()
                .add("21.0.1", "a.b.Bench.slower", "ns/op", around(100))
                .add("25.0.1", "a.b.Bench.slower", "ns/op", around(120))
                .add("21.0.1", "a.b.Bench.slowest", "ns/op", around(100))
                .add("25.0.1", "a.b.Bench.slowest", "ns/op", around(300))
                .add("21.0.1", "a.b.Bench.faster", "ns/op", around(1000))
                .add("25.0.1", "a.b.Bench.faster", "ns/op", around(100))
                .to(folder.resolve("results.json"));
        assertThat(findings(file).getFirst())
                .startsWith("Worse on JDK 25 than on JDK 21: ")
                .contains("slowest", "100 to 300 ns/op, 0.33x (", "p=");
        assertThat(ReportPage.markdown(List.of(file)))
                .first()
                .asString()
                .startsWith("1. Worse on JDK 25 than on JDK 21: ");
        assertThat(ReportPage.markdown(List.of(file)))
                .contains("| Measure | Unit | JDK 21 | JDK 25 |")
                .anyMatch(line -> line.matches("\\| .*faster.* \\| ns/op \\| 1,000 \\| \\*\\*100\\*\\* \\|"));
    }

    @Test
    void benchmarksOfOtherProjectsAreShownAndComparedAndCannotBreakThePage() throws IOException {
        String evil = "a.b.Bench.</script><b>bold";
        Path first = new PlantedResults()
                .add("21.0.1", evil, "ns/op", around(100), "size", "<i>")
                .add("21.0.1", "a.b.Bench.same", "ns/op", around(100))
                .to(folder.resolve("x/first.json"));
        Path second = new PlantedResults()
                .add("25.0.1", evil, "ns/op", around(80), "size", "<i>")
                .add("25.0.1", "a.b.Bench.same", "ns/op", around(100))
                .to(folder.resolve("x/second.json"));
        assertThat(findings(second, first))
                .contains(
                        "JDK 25 is ahead: 1.12 times as good as JDK 21 over 2 measures that all have, by the geometric "
                                + "mean.")
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith(
                                "Against JDK 21, of 2 measures JDK 25 is significantly better in 1 and worse in 0; the "
                                        + "farthest is ")
                        .contains(" 1.25x (p=0.016 n=5)"));
        assertThat(ReportPage.html(List.of(first, second)))
                .contains("1.00x (not seen, p=1.000 n=5)")
                .contains("<title>Benchmarks of a.b.Bench</title>")
                .doesNotContain("stuck")
                .contains("&lt;b&gt;bold")
                .doesNotContain("<b>bold", "size=<i>");
    }

    @Test
    void forksOfALogAreMergedIntoOneCurve() throws IOException {
        Path logs = folder.resolve("25/latency.histograms");
        for (int fork = 0; fork < 2; fork++) {
            Histogram latencies = new Histogram(3);
            latencies.recordValueWithCount(1000L * (fork + 1), 500);
            try (IntervalLog log = IntervalLog.open(logs, "latency-leaky-10-virtual", "a service, Java 25.0.3+9-LTS")) {
                log.interval(latencies, 3);
                log.finish();
            }
        }
        assertThat(logs).isDirectoryContaining("glob:**-virtual-2.hlog");
        assertThat(ReportPage.html(List.of(folder)))
                .contains(
                        "<td>leaky in 10 %, virtual</td><td class=\"number\">25</td><td class=\"number\" data-value=\"1.00000\">1.00")
                .contains(">1,000</td><td class=\"number\">2</td></tr>");
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        Path file = new PlantedResults()
                .own("25", "collector.CollectorImpact.G1.full", "ms/op", around(1), "beside", "none")
                .to(folder.resolve("x.json"));
        assertThat(ReportPage.html(List.of(file)))
                .contains("Not in this report, for the input has nothing about it: one JDK against another")
                .contains("; memory a stuck thread")
                .doesNotContain("id=\"memory\"")
                .contains("id=\"provenance\"");
    }

    @Test
    void theSameResultsMakeTheSamePageHoweverTheyAreNamed() throws IOException {
        Path first =
                new PlantedResults().memory("25.0.1", "channel", "virtual", 900).to(folder.resolve("z/memory.json"));
        Path second =
                new PlantedResults().memory("21.0.1", "channel", "virtual", 950).to(folder.resolve("a/memory.json"));
        Files.createDirectories(folder.resolve("local"));
        Files.writeString(folder.resolve("local/memory.json"), "what is in a folder of that name is left out");
        String page = ReportPage.html(List.of(first, second));
        assertThat(ReportPage.html(List.of(second, first))).isEqualTo(page);
        assertThat(ReportPage.html(List.of(folder))).isEqualTo(page);
        assertThat(page).doesNotContain(folder.toString());
    }

    @Test
    void theCommittedResultsFitTheirPage() {
        String page = ReportPage.html(List.of(COMMITTED));
        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
        assertThat(page)
                .contains("id=\"detectors\"", "id=\"core\"", "id=\"overhead\"", "id=\"million\"")
                .doesNotContain(System.getProperty("user.home"), "src=\"http", "href=\"http");
        assertThat(ReportPage.html(List.of(COMMITTED))).isEqualTo(page);
    }

    @Test
    void badInputGetsASentence() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        refuses("there is no result in", empty);
        refuses("nowhere.json\" that can be read", folder.resolve("nowhere.json"));
        refuses("is not JSON", Files.writeString(folder.resolve("broken.json"), "[{"));
        refuses(
                "is not what detectors --json prints",
                Files.writeString(folder.resolve("detectors.json"), "[{\"a\": 1}]"));
        refuses("lacks its scenario", Files.writeString(folder.resolve("detectors-2.json"), "[{\"stuck\": 1}]"));
        refuses(
                "is not what million --output writes",
                Files.writeString(folder.resolve("million.json"), "{\"jdk\": []}"));
        refuses(
                "is not what bench writes",
                Files.writeString(folder.resolve("core.environment.json"), "{\"rows\": []}"));
        refuses("no histogram with a value", Files.writeString(folder.resolve("a.hlog"), "#[nothing]\n"));
    }

    /** The first that is named is the base, whatever the files are called. */
    @Test
    void twoResultsOfOneJdkAreBeforeAndAfter() throws IOException {
        Path before =
                new PlantedResults().add("25", "a.B.c", "ns/op", around(100)).to(folder.resolve("two/x.json"));
        Path after =
                new PlantedResults().add("25", "a.B.c", "ns/op", around(200)).to(folder.resolve("one/x.json"));
        assertThat(findings(before, after))
                .hasSize(3)
                .contains(
                        "JDK 25 (two/x.json) is ahead: 2.00 times as good as JDK 25 (one/x.json) over 1 measure.",
                        "Worse on JDK 25 (one/x.json) than on JDK 25 (two/x.json): B.c, 100 to 200 ns/op, 0.50x "
                                + "(0.50 to 0.50x, p=0.008 n=5).",
                        "Against JDK 25 (two/x.json), of 1 measure JDK 25 (one/x.json) is significantly better in 0 and worse "
                                + "in 1; the farthest is B.c, 0.50x (p=0.008 n=5).");
        assertThat(ReportPage.html(List.of(before, after)))
                .contains("<title>Benchmarks of a.B</title>", "Normalised mean of each group")
                .doesNotContain("stuck", "Not in this report");
    }

    @Test
    void twoVirtualMachinesOfOneVersionStandSideBySide() throws IOException {
        Path folderOfCases = Path.of("src/test/resources/compare");
        assertThat(findings(folderOfCases.resolve("vm-a.json"), folderOfCases.resolve("vm-b.json")))
                .anyMatch(finding -> finding.startsWith(
                        "JDK 25.0.1 (Alpha VM) is ahead: 7.99 times as good as JDK 25.0.1 (Beta VM)"));
    }

    @Test
    void updatesOfJdk8AreTwoVersions() throws IOException {
        Path file = new PlantedResults()
                .add("1.8.0_92-b14", "a.B.c", "ns/op", around(100))
                .add("1.8.0_312-b07", "a.B.c", "ns/op", around(200))
                .to(folder.resolve("x.json"));
        assertThat(findings(file).getFirst()).startsWith("Worse on JDK 8.0.312 than on JDK 8.0.92: ");
    }

    @Test
    void sidesOfAVersionWithAWordBehindItAreTwo() throws IOException {
        Path before = new PlantedResults()
                .add("21-internal", "a.B.c", "ns/op", around(100))
                .to(folder.resolve("x.json"));
        Path after = new PlantedResults()
                .add("21-internal", "a.B.c", "ns/op", around(200))
                .to(folder.resolve("y.json"));
        assertThat(findings(before, after))
                .contains("JDK 21 (x.json) is ahead: 2.00 times as good as JDK 21 (y.json) over 1 measure.");
    }

    @Test
    void optionsOfTheJvmMayBeTheChange() throws IOException {
        Path before =
                new PlantedResults().add("25", "a.B.c", "s/op", around(0.0001)).to(folder.resolve("x.json"));
        Path after =
                new PlantedResults().add("25", "a.B.c", "s/op", around(0.0002)).to(folder.resolve("y.json"));
        Files.writeString(after, Files.readString(after).replace("-Xmx1g", "-Xmx60m"));
        assertThat(findings(before, after))
                .contains("JDK 25 (x.json) is ahead: 2.00 times as good as JDK 25 (y.json) over 1 measure.");
        assertThat(ReportPage.markdown(List.of(before, after)))
                .anyMatch(line -> line.contains("| 0.000100 |") && line.contains("0.000200"));
    }

    /** Tables of JMH do not say on which JDK they were made. */
    @Test
    void sidesOfAnUnknownJdkAreCalledByTheirFiles() throws IOException {
        String head = "Benchmark,Mode,Score,Score Error (99.9%),Unit\na.B.c,avgt,";
        Path slow = Files.writeString(folder.resolve("slow.csv"), head + "200,1,ns/op\n");
        Path fast = Files.writeString(folder.resolve("fast.csv"), head + "100,1,ns/op\n");
        assertThat(findings(slow, fast))
                .containsExactly(
                        "fast.csv is ahead: 2.00 times as good as slow.csv over 1 measure.",
                        "Against slow.csv, of 1 measure fast.csv is significantly better in 0 and worse in 0, and separated, "
                                + "which is a hint, in 1; the farthest is B.c, 2.00x (separated, n=0).");
        assertThat(ReportPage.html(List.of(slow))).contains(", measured on an unknown JDK.");
    }

    @Test
    void foldersOfSeveralFilesStandAgainstEachOther() throws IOException {
        for (String side : List.of("fast", "slow")) {
            double time = side.equals("slow") ? 200 : 100;
            for (String name : List.of("b", "c")) {
                new PlantedResults()
                        .add("25", "a.B." + name, "ns/op", around(time))
                        .add("25", "a.B." + name, "ns/op", around(2 * time), "size", "8")
                        .to(folder.resolve(side + "/" + name + ".json"));
            }
            new PlantedResults().add("25", "a.B.c", "ns/op", around(time)).to(folder.resolve(side + "/part-of-c.json"));
        }
        assertThat(findings(folder.resolve("slow"), folder.resolve("fast")))
                .contains(
                        "JDK 25 (fast) is ahead: 2.00 times as good as JDK 25 (slow) over 4 measures that all have, by the "
                                + "geometric mean.");
    }

    @Test
    void sidesThatDifferInNothingOnTheWholeAreLevel() throws IOException {
        Path file = new PlantedResults()
                .add("21", "a.B.c", "ns/op", around(100))
                .add("21", "a.B.d", "ns/op", around(200))
                .add("25", "a.B.c", "ns/op", around(200))
                .add("25", "a.B.d", "ns/op", around(100))
                .to(folder.resolve("x.json"));
        assertThat(findings(file))
                .contains("JDK 21 and JDK 25 are level over 2 measures that all have, by the geometric mean.")
                .noneMatch(finding -> finding.contains("is ahead"));
    }

    @Test
    void anotherSizeIsNoRival() throws IOException {
        Path file = new PlantedResults()
                .add("25", "a.B.quick", "ns/op", around(100), "size", "10")
                .add("25", "a.B.slow", "ns/op", around(300), "size", "10")
                .add("25", "a.B.quick", "ns/op", around(9000), "size", "1000")
                .to(folder.resolve("x.json"));
        assertThat(findings(file))
                .containsExactly(
                        "On JDK 25 B.quick size=10 (100 ns/op) is fastest of 2, and B.slow size=10 (300 ns/op) slowest, 3.00 "
                                + "times.");
    }

    private static void refuses(String sentence, Path... inputs) {
        assertThatThrownBy(() -> ReportPage.html(List.of(inputs)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    /** The record of a group with another commit than most have. */
    private void environment(String group, String commit) throws IOException {
        String old = Files.readString(Path.of("..", "results", "25", group + ".environment.json"));
        Files.writeString(
                folder.resolve("25/" + group + ".environment.json"),
                old.replaceAll("(?m)^  \"(commit|changed)\" : .*\\R", "")
                        .replace(
                                "\"jarVersion\"",
                                "\"commit\" : \"" + commit + "\", \"changed\" : false, \"jarVersion\""));
    }

    @Test
    void whatWasMeasuredWithAnotherCommitSaysSo() throws IOException {
        new PlantedResults().memory("25.0.1", "channel", "virtual", 900).to(folder.resolve("25/memory.json"));
        for (String group : List.of("memory", "core", "latency")) {
            environment(group, "1111111111111111");
        }
        assertThat(ReportPage.html(List.of(folder)))
                .contains("<td>111111111</td>")
                .doesNotContain("Not all was measured with the same source");
        environment("latency", "2222222222222222");
        assertThat(ReportPage.html(List.of(folder)))
                .contains(
                        "Not all was measured with the same source: most with commit 111111111, but latency on JDK 25.")
                .contains("(222222222). What changed in between may differ in the figures too.");
    }
}
