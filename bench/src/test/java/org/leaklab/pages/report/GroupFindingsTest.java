package org.leaklab.pages.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.pages.report.PlantedResults.around;
import static org.leaklab.pages.report.PlantedResults.forks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.leaklab.results.IntervalLog;

/** A planted difference in a group of leaklab's own benchmarks is a finding, and its absence is none. */
@Tag("once")
class GroupFindingsTest extends FindingsTest {

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
}
