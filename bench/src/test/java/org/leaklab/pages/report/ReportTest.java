package org.leaklab.pages.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.pages.report.PlantedResults.around;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page as a whole: where findings stand, and that what is missing or wrong is said. */
@Tag("once")
class ReportTest extends FindingsTest {

    private static final Path COMMITTED = Path.of("..", "results");

    private static final int MOST_BYTES = 3 << 20;

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
