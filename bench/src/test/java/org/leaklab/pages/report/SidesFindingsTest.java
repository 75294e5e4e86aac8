package org.leaklab.pages.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.pages.report.PlantedResults.around;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** JDKs, builds and methods held against each other: what their differences are called. */
@Tag("once")
class SidesFindingsTest extends FindingsTest {

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
}
