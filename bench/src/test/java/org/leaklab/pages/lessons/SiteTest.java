package org.leaklab.pages.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.core.ThreadKind;
import org.leaklab.exercise.Exercise;
import org.leaklab.exercise.Exercises;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Cell;
import org.leaklab.lab.Variant;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Waits;
import org.leaklab.timeline.Recording;

/** The site of the committed results: a page a scenario, no dead link, nothing from outside, the same each time. */
@Tag("once")
class SiteTest {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final long MOST = 5_500_000;

    private static Map<String, String> pages;

    /** What the results say; read once, because that takes longer than all else. */
    private static Evidence evidence;

    private static Evidence read() {
        Evidence read = new Evidence();
        read.read(List.of(Path.of("../results")));
        return read;
    }

    private static Map<String, String> pages(Evidence evidence, boolean reportBeside) {
        return new Site(Lesson.of(Catalogue.load().all(), evidence), reportBeside).pages();
    }

    @BeforeAll
    static void make() {
        evidence = read();
        pages = pages(evidence, false);
    }

    @Test
    void everyScenarioHasAPage() {
        for (Scenario scenario : Catalogue.load().all()) {
            Leak leak = scenario.leak();
            String page = pages.get(leak.id() + ".html");
            assertThat(page).as(leak.id()).isNotNull();
            String idiom = leak.idiom().word();
            assertThat(page)
                    .contains("<h1>" + leak.id() + "</h1>")
                    .contains(Stream.of("wrong", "code", "detectors", "try")
                            .map(part -> "id=\"" + part + "-" + idiom + "\"")
                            .toList());
            assertThat(page.contains("id=\"waits-" + idiom + "\"")).isEqualTo(leak.stuck() > 0);
            assertThat(page.contains("id=\"stack-" + idiom + "\"")).isEqualTo(leak.stuck() > 0);
            assertThat(pages.get("index.html")).contains("href=\"" + leak.id() + ".html\"");
        }
        assertThat(pages).hasSize(Catalogue.load().ids().size() + 2);
    }

    @Test
    void noLinkIsDead() {
        int links = 0;
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Matcher link = LINK.matcher(page.getValue());
            while (link.find()) {
                String target = link.group(1);
                if (!target.equals("data:,")) {
                    int hash = target.indexOf('#');
                    String file = hash < 0 ? target : target.substring(0, hash);
                    String text = file.isEmpty() ? page.getValue() : pages.get(file);
                    assertThat(text).as(target + " of " + page.getKey()).isNotNull();
                    if (hash >= 0) {
                        assertThat(text)
                                .as(target + " of " + page.getKey())
                                .contains("id=\"" + target.substring(hash + 1) + "\"");
                    }
                    links++;
                }
            }
        }
        assertThat(links).isGreaterThan(500);
    }

    @Test
    void allPagesTogetherAreSmallAndAskForNothing() {
        long bytes = 0;
        String here = Path.of("").toAbsolutePath().getParent() + "/";
        for (String page : pages.values()) {
            bytes += page.getBytes(StandardCharsets.UTF_8).length;
            assertThat(page)
                    .doesNotContain("=\"http:", "=\"https:", "@import url", "${", here)
                    .doesNotContainPattern("(?i)url\\((?!#head)");
        }
        assertThat(bytes).isLessThan(MOST);
    }

    @Test
    void theSameResultsGiveTheSamePages() {
        assertThat(pages(read(), false)).isEqualTo(pages);
    }

    @Test
    void lessonsLeadFromOneToTheNext() {
        List<String> ids = new ArrayList<>(Track.ids().toList());
        for (int turn = 0; turn < 2; turn++) {
            String rel = turn == 0 ? "next" : "prev";
            for (int i = 0; i + 1 < ids.size(); i++) {
                assertThat(pages.get(ids.get(i) + ".html"))
                        .contains("<a rel=\"" + rel + "\" href=\"" + ids.get(i + 1) + ".html\"");
            }
            assertThat(pages.get(ids.getLast() + ".html")).doesNotContain("<a rel=\"" + rel + "\"");
            Collections.reverse(ids);
        }
    }

    @Test
    void theReportIsLinkedWhereItIs() {
        assertThat(pages.get("index.html")).doesNotContain("report.html");
        assertThat(pages(evidence, true).get("index.html")).contains("href=\"report.html\"");
    }

    /** A stack's lines are those of the code beside it: results older than the sources would be told. */
    @Test
    void stacksFitTheCode() {
        for (Scenario scenario : Catalogue.load().all()) {
            Form form = Form.of(scenario, evidence);
            for (Form.Stack stack : form.stacks()) {
                assertThat(stack.frames()).filteredOn(Form.Frame::own).allSatisfy(frame -> {
                    Matcher line = Pattern.compile(":(\\d+)\\)").matcher(frame.text());
                    assertThat(line.find()).isTrue();
                    int number = Integer.parseInt(line.group(1));
                    assertThat(allLines(form.source())).as(frame.text()).contains(number);
                });
            }
        }
    }

    private static List<Integer> allLines(ScenarioSource source) {
        List<Integer> numbers = new ArrayList<>();
        for (Listing listing : List.of(source.leaky(), source.fixed(), source.rest())) {
            listing.lines().forEach(line -> numbers.add(line.number()));
        }
        return numbers;
    }

    @Test
    void everyScenarioHasASymptomThatFits() {
        for (Scenario scenario : Catalogue.load().all()) {
            Leak leak = scenario.leak();
            List<Symptom> symptoms = Symptom.of(leak);
            assertThat(symptoms).as(leak.id()).isNotEmpty();
            assertThat(symptoms.contains(Symptom.CPU)).isEqualTo(leak.waits() == Waits.SPINNING);
            assertThat(symptoms.contains(Symptom.WRONG)).isEqualTo(leak.wrongAnswer());
        }
        assertThat(Symptom.of(Catalogue.load().get("timeout-holds-resource").leak()))
                .contains(Symptom.SLOW);
        assertThat(Symptom.of(Catalogue.load().get("pinned-carrier").leak())).contains(Symptom.SLOW);
        assertThat(Symptom.of(Catalogue.load().get("swallowed-interrupt").leak()))
                .contains(Symptom.EXIT);
        assertThat(Symptom.of(Catalogue.load().get("early-return").leak())).containsExactly(Symptom.QUEUE);
        assertThat(Symptom.of(
                        Catalogue.load().idioms("missed-notify").getFirst().leak()))
                .containsExactly(Symptom.MEMORY);
    }

    /** A symptom that almost all have tells nothing apart. */
    @Test
    void noSymptomIsThatOfHalfTheLessons() {
        List<Lesson> lessons = Lesson.of(Catalogue.load().all(), new Evidence());
        for (Symptom symptom : Symptom.values()) {
            assertThat(lessons.stream().filter(lesson -> lesson.symptoms().contains(symptom)))
                    .as(symptom.title())
                    .isNotEmpty()
                    .hasSizeLessThan(lessons.size() / 2);
        }
    }

    @Test
    void eachLessonIsOnOneTrackAndTracksRise() {
        assertThat(Track.ids().toList())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Catalogue.load().ids());
        assertThat(Track.ALL)
                .hasSize(5)
                .allSatisfy(track -> assertThat(track.steps().stream().map(Track.Step::level))
                        .isSorted()
                        .startsWith(1));
        assertThat(Track.startHere()).hasSize(6);
    }

    /** Colours change no character, and a stack's frame leads to its line. */
    @Test
    void aLineIsItsPiecesAndFramesLeadToLines() {
        int links = 0;
        for (Scenario scenario : Catalogue.load().all()) {
            Form form = Form.of(scenario, evidence);
            for (Listing listing : List.of(
                    form.source().leaky(), form.source().fixed(), form.source().rest())) {
                assertThat(listing.lines())
                        .allSatisfy(line -> assertThat(line.pieces().stream()
                                        .map(Listing.Piece::text)
                                        .collect(Collectors.joining()))
                                .isEqualTo(line.text()));
            }
            for (Form.Stack stack : form.stacks()) {
                for (Form.Frame frame : stack.frames()) {
                    String anchor = form.anchor(frame);
                    if (!anchor.isEmpty()) {
                        assertThat(pages.get(form.leak().id() + ".html")).contains("id=\"" + anchor + "\"");
                        links++;
                    }
                }
            }
        }
        assertThat(links).isGreaterThan(100);
        assertThat(pages.get("early-return.html")).contains("<span class=\"keyword\">");
    }

    /** What was recorded fits the code beside it, and ends with the threads that are stuck. */
    @Test
    void whatCanBeRecordedHasItsSteps() {
        for (Scenario scenario : Catalogue.load().all()) {
            Leak leak = scenario.leak();
            String page = pages.get(leak.id() + ".html");
            assertThat(page.contains("id=\"steps-" + leak.idiom().word() + "\""))
                    .as(leak.id())
                    .isEqualTo(Recording.isPossible(scenario));
            Form form = Form.of(scenario, evidence);
            for (StepTable steps : form.steps()) {
                assertThat(steps.ends().stream().filter(StepTable.Cell::inside))
                        .as(leak.id())
                        .hasSize(new Cell(scenario, Variant.LEAKY, ThreadKind.PLATFORM, 1).expectedStuck(25));
                assertThat(steps.rows().stream().flatMap(row -> row.cells().stream()))
                        .as(leak.id())
                        .filteredOn(cell -> cell.line() > 0)
                        .allSatisfy(cell -> assertThat(form.anchor(cell.line())).isNotEmpty());
            }
        }
        assertThat(pages.get("send-without-receiver.html"))
                .contains("calls <code>BlockingQueue.put</code> <a href=\"#leaky-jdk-", "stuck: waiting <a href");
    }

    @Test
    void aLessonHasTheCommandsOfItsExercises() {
        Map<String, List<Exercise>> byScenario =
                Exercises.load().all().stream().collect(Collectors.groupingBy(Exercise::scenario));
        assertThat(Catalogue.load().ids()).containsAll(byScenario.keySet());
        for (String id : Catalogue.load().ids()) {
            List<String> commands = byScenario.getOrDefault(id, List.of()).stream()
                    .map(exercise -> ">java -jar bench/target/benchmarks.jar exercise get " + exercise.id() + "<")
                    .toList();
            for (String command : commands) {
                assertThat(pages.get(id + ".html")).contains(command);
            }
            assertThat(pages.get(id + ".html").contains("exercise get ")).isEqualTo(!commands.isEmpty());
        }
    }

    @Test
    void tenMessagesLeadToScenarios() {
        assertThat(Message.ALL).hasSize(10).allSatisfy(message -> {
            assertThat(message.scenarios()).isNotEmpty();
            assertThat(Catalogue.load().ids()).containsAll(message.scenarios());
        });
    }

    @Test
    void filesAreWrittenWhole(@TempDir Path folder) {
        Evidence none = new Evidence();
        List<Lesson> lessons = Lesson.of(Catalogue.load().idioms("early-return"), none);
        Path made = folder.resolve("a/b");
        new Site(lessons, false).write(made);
        assertThat(made.toFile().list()).containsExactlyInAnyOrder("index.html", "messages.html", "early-return.html");
        assertThat(Files.isReadable(made.resolve("early-return.html"))).isTrue();
    }
}
