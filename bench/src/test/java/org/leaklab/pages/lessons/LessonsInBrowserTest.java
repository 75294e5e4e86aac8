package org.leaklab.pages.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.lab.Catalogue;
import org.leaklab.pages.Chromium;
import org.leaklab.pages.Tab;

/**
 * Lessons in a real browser: the code comes first and without a verdict, parts open one by one, idioms are tabs.
 * Pictures are left in {@code target/screenshots} for people to look at.
 */
@Tag("once") // pages do not depend on the JDK: one of those that CI tests on is enough
class LessonsInBrowserTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String LESSON = "early-return";
    private static final int HEIGHT = 900;
    private static final int PICTURE = 6_000;

    @TempDir
    private static Path folder;

    private static Chromium chromium;
    private static Path site;

    private Tab tab;

    @BeforeAll
    static void begin() throws IOException, InterruptedException {
        chromium = Chromium.start(folder.resolve("profile"));
        site = folder.resolve("site");
        Evidence evidence = new Evidence();
        evidence.read(List.of(Path.of("../results")));
        new Site(Lesson.of(Catalogue.load().all(), evidence), false).write(site);
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void openTab() throws IOException, InterruptedException {
        tab = chromium.tab().size(1280, HEIGHT).prefers("light", "screen");
    }

    private Path lesson() {
        return site.resolve(LESSON + ".html");
    }

    private int count(String selector) {
        return tab.evaluate("document.querySelectorAll('" + selector + "').length")
                .asInt();
    }

    /** What somebody sees: elements with a height. */
    private int seen(String selector) {
        return tab.evaluate("[...document.querySelectorAll('" + selector
                        + "')].filter(element => element.getClientRects().length > 0).length")
                .asInt();
    }

    @Test
    void theCodeComesFirstAndTheVerdictIsClosed() throws IOException {
        tab.open(lesson());
        assertThat(tab.errors()).isEmpty();
        assertThat(count("details.reveal")).isGreaterThan(5);
        assertThat(count("details.reveal[open]")).isZero();
        assertThat(seen("#read-jdk .line")).isGreaterThan(5);
        String cause = Catalogue.load().idioms(LESSON).getFirst().leak().cause().substring(1);
        assertThat(tab.evaluate("document.querySelector('main').innerText").asString())
                .doesNotContain(cause);
        tab.screenshot(SCREENSHOTS.resolve("lesson-closed.png"), PICTURE);
        tab.evaluate("document.querySelector('#wrong-jdk summary').click()");
        assertThat(count("details.reveal[open]")).isOne();
        tab.evaluate("document.querySelectorAll('details.reveal').forEach(part => { part.open = true; })");
        tab.screenshot(SCREENSHOTS.resolve("lesson-open.png"), PICTURE);
    }

    @Test
    void idiomsAreTabsAndTheAddressKeepsTheChoice() {
        tab.open(lesson());
        assertThat(seen("section.idiom")).isOne();
        assertThat(seen("#jdk")).as("the JDK's classes first").isOne();
        tab.evaluate("document.querySelectorAll('[role=tab]')[1].click()");
        assertThat(seen("#channel")).isOne();
        assertThat(seen("#jdk")).isZero();
        assertThat(tab.evaluate("location.hash").asString()).isEqualTo("#channel");
        assertThat(tab.evaluate("document.querySelector('.turn a[rel=next]').hash")
                        .asString())
                .as("the next lesson begins with the same idiom")
                .isEqualTo("#channel");
        tab.evaluate("document.querySelector('[role=tab][aria-selected=true]').dispatchEvent("
                + "new KeyboardEvent('keydown', {key: 'ArrowLeft', bubbles: true}))");
        assertThat(seen("#jdk")).isOne();
    }

    @Test
    void aFrameOfTheStackLeadsToItsLine() {
        tab.open(lesson());
        tab.evaluate("document.querySelector('#stack-jdk summary').click()");
        String target = tab.evaluate("document.querySelector('#stack-jdk mark a').hash.slice(1)")
                .asString();
        String line = tab.evaluate("document.getElementById('" + target + "').innerText")
                .asString();
        tab.evaluate("document.querySelector('#stack-jdk mark a').click()");
        assertThat(line).isNotBlank();
        assertThat(tab.evaluate("getComputedStyle(document.getElementById('" + target + "')).outlineStyle")
                        .asString())
                .isEqualTo("solid");
    }

    /** Rows of the recorded run that are seen: those that wait for their turn keep their place. */
    private int stepsSeen() {
        return tab.evaluate("[...document.querySelectorAll('#steps-jdk tbody tr')]"
                        + ".filter(row => getComputedStyle(row).visibility === 'visible').length")
                .asInt();
    }

    private void press(String key) {
        tab.evaluate("document.querySelector('#steps-jdk .timeline button').dispatchEvent("
                + "new KeyboardEvent('keydown', {key: '" + key + "', bubbles: true}))");
    }

    private void click(int button) {
        tab.evaluate("document.querySelectorAll('#steps-jdk .timeline button')[" + button + "].click()");
    }

    @Test
    void aRunIsSteppedThroughWithButtonsAndKeys() throws IOException {
        tab.open(site.resolve("first-result-wins.html"));
        tab.evaluate("document.querySelector('#steps-jdk summary').click()");
        int all = count("#steps-jdk tbody tr");
        assertThat(all).isGreaterThan(3);
        assertThat(stepsSeen()).isOne();
        click(1);
        assertThat(stepsSeen()).isEqualTo(2);
        press("ArrowRight");
        assertThat(stepsSeen()).isEqualTo(3);
        assertThat(tab.evaluate("document.querySelector('#steps-jdk [aria-live]').textContent")
                        .asString())
                .isEqualTo("step 3 of " + (all - 1));
        tab.screenshot(SCREENSHOTS.resolve("lesson-steps.png"), PICTURE);
        click(0);
        press("ArrowLeft");
        press("ArrowLeft");
        assertThat(stepsSeen()).isOne();
        press("End");
        assertThat(stepsSeen()).isEqualTo(all);
        press("Home");
        assertThat(stepsSeen()).isOne();
        tab.prefers("light", "print");
        assertThat(stepsSeen()).as("on paper").isEqualTo(all);
        assertThat(seen("#steps-jdk .stepper")).isZero();
        tab.prefers("light", "screen");
        click(2);
        assertThat(stepsSeen()).isEqualTo(all);
        assertThat(tab.errors()).isEmpty();
    }

    @Test
    void withoutScriptingAllIsOpen() {
        tab.scripting(false).open(lesson());
        assertThat(tab.evaluate("document.querySelectorAll('details.reveal:not([open])').length")
                        .asInt())
                .isZero();
        assertThat(seen("section.idiom")).isEqualTo(2);
        assertThat(stepsSeen()).isPositive().isEqualTo(count("#steps-jdk tbody tr"));
        assertThat(count(".stepper")).isZero();
    }

    @Test
    void onPaperAllIsOpen() {
        tab.open(lesson());
        tab.evaluate("dispatchEvent(new Event('beforeprint'))");
        assertThat(count("details.reveal:not([open])")).isZero();
        assertThat(seen("section.idiom")).isEqualTo(2);
        tab.evaluate("dispatchEvent(new Event('afterprint'))");
        assertThat(count("details.reveal[open]")).isZero();
        assertThat(seen("section.idiom")).isOne();
    }

    @Test
    void theAddressCanAskForATheme() {
        tab.open(lesson());
        String background = "getComputedStyle(document.body).backgroundColor";
        String light = tab.evaluate(background).asString();
        tab.open(java.net.URI.create(lesson().toUri() + "?theme=dark"));
        assertThat(tab.evaluate(background).asString()).isNotEqualTo(light);
    }

    @Test
    void silentIsNotTheColourOfCaught() {
        tab.open(site.resolve("swallowed-error.html"));
        tab.evaluate("document.querySelectorAll('details.reveal').forEach(part => { part.open = true; })");
        tab.evaluate("document.querySelectorAll('section.idiom').forEach(idiom => { idiom.hidden = false; })");
        assertThat(count("td.silent")).isPositive();
        tab.evaluate("document.body.insertAdjacentHTML('beforeend',"
                + " '<table><tr><td class=\"good\" id=\"g\"><td id=\"n\"></table>')");
        String colour = "getComputedStyle(document.querySelector('%s')).backgroundColor";
        String silent = tab.evaluate(colour.formatted("td.silent")).asString();
        assertThat(silent)
                .isNotEqualTo(tab.evaluate(colour.formatted("#g")).asString())
                .isNotEqualTo(tab.evaluate(colour.formatted("#n")).asString());
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 800, 1280})
    void everyPageFitsItsWindow(int width) throws IOException {
        tab.size(width, HEIGHT);
        for (String page : List.of("index", LESSON, "carriers-taken", "http-client-per-request", "fan-out-fan-in")) {
            tab.open(site.resolve(page + ".html"));
            tab.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })");
            assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
                    .as("%s at %d", page, width)
                    .isLessThanOrEqualTo(width);
            tab.screenshot(SCREENSHOTS.resolve("lessons-" + page + "-" + width + ".png"), PICTURE);
        }
    }
}
