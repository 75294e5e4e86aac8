package org.leaklab.pages.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.pages.Chromium;
import org.leaklab.pages.Tab;
import tools.jackson.databind.JsonNode;

/**
 * The report of the committed results, in a real browser. Pictures of it are left in {@code target/screenshots} for
 * people to look at.
 */
@Tag("once") // pages do not depend on the JDK: one of those that CI tests on is enough
class ReportInBrowserTest {

    private static final Path RESULTS = Path.of(System.getProperty("leaklab.results", "../results"));
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int WIDE = 1280;
    private static final int NARROW = 320;
    private static final int HEIGHT = 900;
    private static final int PICTURE = 12_000;

    @TempDir
    private static Path folder;

    private static Chromium chromium;
    private static Path page;

    private Tab tab;

    @BeforeAll
    static void begin() throws IOException, InterruptedException {
        chromium = Chromium.start(folder.resolve("profile"));
        page = Files.writeString(folder.resolve("report.html"), ReportPage.html(List.of(RESULTS)));
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void openTab() throws IOException, InterruptedException {
        tab = chromium.tab().size(WIDE, HEIGHT).prefers("light", "screen");
    }

    @Test
    void nothingGoesWrongAndNothingIsAskedOfAnybody() throws IOException {
        tab.open(page);
        assertThat(tab.errors()).isEmpty();
        assertThat(tab.requests()).allMatch(address -> address.startsWith("file:") || address.startsWith("data:"));
        assertThat(tab.requests().stream().filter(address -> address.startsWith("file:")))
                .hasSize(1);
        tab.screenshot(SCREENSHOTS.resolve("report-light.png"), PICTURE);
        tab.prefers("dark", "screen").open(page).screenshot(SCREENSHOTS.resolve("report-dark.png"), PICTURE);
        assertThat(tab.errors()).isEmpty();
    }

    @Test
    void everyChartIsDrawn() {
        tab.open(page);
        JsonNode marks = tab.evaluate("[...document.querySelectorAll('.chart')]"
                + ".map(chart => chart.clientHeight < 80 ? 0 : chart.querySelectorAll('svg path').length)");
        assertThat(marks)
                .hasSizeGreaterThan(3)
                .allSatisfy(count -> assertThat(count.asInt()).isGreaterThan(10));
        assertThat(tab.evaluate("document.querySelectorAll('figure table').length")
                        .asInt())
                .isGreaterThanOrEqualTo(marks.size());
    }

    @Test
    void theThemeFollowsTheChoiceAndTheSystem() {
        tab.open(page);
        String light = background();
        choose("dark");
        String dark = background();
        assertThat(dark).isNotEqualTo(light);
        String ink = "document.querySelector('.chart svg text').getAttribute('fill')";
        String drawnDark = tab.evaluate(ink).asString();
        tab.open(page);
        assertThat(background()).as("is remembered").isEqualTo(dark);
        choose("light");
        assertThat(background()).isEqualTo(light);
        assertThat(tab.evaluate(ink).asString()).as("charts are drawn again").isNotEqualTo(drawnDark);
        choose("auto");
        assertThat(background()).isEqualTo(light);
        tab.prefers("dark", "screen");
        assertThat(background()).isEqualTo(dark);
        tab.prefers("dark", "print");
        assertThat(background()).as("paper is white").isEqualTo("rgb(255, 255, 255)");
    }

    @Test
    void onPaperHeadsRepeatAndAChartStaysWithItsHeading() {
        tab.open(page);
        tab.prefers("light", "print");
        assertThat(tab.evaluate("getComputedStyle(document.querySelector('th button')).display")
                        .asString())
                .as("Chromium leaves the boxes of buttons out where it repeats a head")
                .isEqualTo("contents");
        double sheet = 25.7 * 96 / 2.54; // of A4 between margins of 2 cm, in CSS's pixels
        assertThat(tab.evaluate("parseFloat(getComputedStyle(document.querySelector('.chart svg')).maxHeight)")
                        .asDouble())
                .as("of however many rows a chart is, its heading fits above it")
                .isBetween(sheet / 2, sheet * 0.9);
    }

    private String background() {
        return tab.evaluate("getComputedStyle(document.body).backgroundColor").asString();
    }

    private void choose(String theme) {
        tab.evaluate("document.querySelector('.theme input[value=" + theme + "]').click()");
    }

    @Test
    void tablesSortByMouseAndByKey() {
        tab.open(page);
        String column = "[...document.querySelectorAll('#million tbody tr')].map(row => +row.cells[3].dataset.value || "
                + "+row.cells[3].textContent.replaceAll(',', ''))";
        tab.evaluate("document.querySelectorAll('#million th button')[3].click()");
        assertThat(numbers(column)).hasSizeGreaterThan(2).isSorted();
        assertThat(tab.evaluate("document.querySelectorAll('#million th')[3].ariaSort")
                        .asString())
                .isEqualTo("ascending");
        tab.evaluate("document.querySelectorAll('#million th button')[3].focus()");
        tab.press("Enter");
        assertThat(numbers(column)).isSortedAccordingTo((one, other) -> Double.compare(other, one));
        assertThat(tab.evaluate("document.querySelectorAll('#million th')[3].ariaSort")
                        .asString())
                .isEqualTo("descending");
    }

    private List<Double> numbers(String expression) {
        return tab.evaluate(expression).valueStream().map(JsonNode::asDouble).toList();
    }

    @Test
    void theFirstTabStopLeadsPastTheHeader() {
        tab.open(page).press("Tab");
        assertThat(tab.evaluate("document.activeElement.textContent").asString())
                .isEqualTo("Skip to the content");
        tab.press("Enter");
        assertThat(tab.evaluate("document.activeElement.id").asString()).isEqualTo("content");
    }

    @Test
    void nothingSticksOutOfANarrowWindow() throws IOException {
        for (int width : new int[] {NARROW, 600, WIDE, 2400}) {
            tab.size(width, HEIGHT).open(page);
            assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
                    .as("at %d px", width)
                    .isLessThanOrEqualTo(width);
            if (width == NARROW) {
                tab.screenshot(SCREENSHOTS.resolve("report-narrow.png"), PICTURE);
            }
        }
        tab.size(NARROW, HEIGHT);
        assertThat(tab.evaluate(
                                "new Promise(done => setTimeout(() => done(document.documentElement.scrollWidth), 200))")
                        .asInt())
                .as("after it was wide")
                .isLessThanOrEqualTo(NARROW);
        assertThat(tab.errors()).isEmpty();
    }

    @Test
    void withoutScriptingTheTablesStandAlone() throws IOException {
        tab.scripting(false).open(page);
        JsonNode seen = tab.evaluate(
                "({charts: [...document.querySelectorAll('.chart')].filter(c => c.clientHeight > 0).length,"
                        + " toggle: document.querySelector('.theme').clientHeight,"
                        + " tables: [...document.querySelectorAll('table')].filter(t => t.clientHeight > 0).length,"
                        + " findings: document.querySelectorAll('.findings li').length})");
        assertThat(seen.path("charts").asInt()).isZero();
        assertThat(seen.path("toggle").asInt()).isZero();
        assertThat(seen.path("tables").asInt()).isGreaterThan(5);
        assertThat(seen.path("findings").asInt()).isGreaterThan(2);
        tab.screenshot(SCREENSHOTS.resolve("report-without-scripting.png"), PICTURE);
    }
}
