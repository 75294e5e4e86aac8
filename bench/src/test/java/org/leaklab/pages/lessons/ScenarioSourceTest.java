package org.leaklab.pages.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.lab.Catalogue;
import org.leaklab.pages.lessons.Listing.Line;
import org.leaklab.pages.lessons.SideBySide.Row;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Scenario;

/** What a page shows of a source is what stands in the file, all of it, and what is marked differs. */
@Tag("once")
class ScenarioSourceTest {

    private static final Path SOURCES = Path.of("../scenarios/catalogue/src/main/java");

    static List<Scenario> scenarios() {
        return Catalogue.load().all();
    }

    private static List<Line> all(ScenarioSource source) {
        List<Line> lines = new ArrayList<>();
        for (Listing listing : List.of(source.leaky(), source.fixed(), source.rest())) {
            lines.addAll(listing.lines());
        }
        return lines;
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyLineIsVerbatim(Scenario scenario) throws IOException {
        ScenarioSource source = ScenarioSource.of(scenario);
        List<String> file = Files.readAllLines(SOURCES.resolve(source.path()));
        assertThat(all(source)).allSatisfy(line -> {
            String expected = line.number() == 0 ? "" : file.get(line.number() - 1);
            assertThat(line.text().isEmpty() ? "" : "    " + line.text()).isEqualTo(expected);
        });
        assertThat(source.leaky().lines())
                .anyMatch(line -> line.text().startsWith("public void leaky(Threads threads)"));
        assertThat(source.fixed().lines())
                .anyMatch(line -> line.text().startsWith("public void fixed(Threads threads)"));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void noLineOfTheClassIsLeftOut(Scenario scenario) throws IOException {
        ScenarioSource source = ScenarioSource.of(scenario);
        List<String> file = Files.readAllLines(SOURCES.resolve(source.path()));
        Set<Integer> shown = new HashSet<>();
        all(source).forEach(line -> shown.add(line.number()));
        int begin = 1;
        while (!file.get(begin - 1).startsWith("public final class ")) {
            begin++;
        }
        List<String> left = new ArrayList<>();
        for (int number = begin + 1; number <= file.lastIndexOf("}"); number++) {
            String line = file.get(number - 1);
            if (!shown.contains(number) && !line.isBlank() && !line.startsWith("    @")) {
                left.add(number + ": " + line);
            }
        }
        assertThat(left).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void markedLinesAreThoseThatDiffer(Scenario scenario) {
        ScenarioSource source = ScenarioSource.of(scenario);
        SideBySide code = SideBySide.of(source.leaky(), source.fixed());
        assertThat(code.rows().stream().map(Row::left).filter(line -> line != null))
                .isEqualTo(source.leaky().lines());
        assertThat(code.rows().stream().map(Row::right).filter(line -> line != null))
                .isEqualTo(source.fixed().lines());
        assertThat(code.rows()).anyMatch(Row::differs).allSatisfy(row -> {
            if (row.differs()) {
                assertThat(row.left() == null
                                || row.right() == null
                                || !SideBySide.key(row.left()).equals(SideBySide.key(row.right())))
                        .as("a marked row has two different lines: " + row)
                        .isTrue();
            } else {
                assertThat(SideBySide.key(row.left())).isEqualTo(SideBySide.key(row.right()));
            }
        });
    }

    /** What makes the difference is beside it, also where the two forms call different methods. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void aFormIsNotJustTheCallOfAnother(Scenario scenario) {
        ScenarioSource source = ScenarioSource.of(scenario);
        String id = scenario.leak().idiom() == Idiom.CHANNEL ? scenario.leak().id() : "";
        if (id.equals("closed-channel-spin")) {
            assertThat(text(source.leaky()))
                    .contains("printForEver(Threads", "continue;")
                    .doesNotContain("return;");
            assertThat(text(source.fixed())).contains("printUntilClosed(Threads", "return;");
            assertThat(text(source.rest())).contains("feed(").doesNotContain("printForEver(Threads");
        } else if (id.equals("ignores-cancellation")) {
            assertThat(text(source.leaky())).contains("} while (true);");
            assertThat(text(source.fixed())).contains("} while (!context.isDone());");
        } else if (id.equals("blocking-call-without-timeout")) {
            assertThat(text(source.leaky())).contains("find(SendChannel<Query> database");
            assertThat(text(source.fixed())).contains("find(Context context, SendChannel<Query> database");
        }
        assertThat(source.leaky().lines()).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void proseHasNoMarkupLeft(Scenario scenario) {
        Prose about = ScenarioSource.of(scenario).about();
        assertThat(about.paragraphs()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(paragraph -> {
            assertThat(paragraph).isNotEmpty();
            assertThat(paragraph).allSatisfy(span -> {
                assertThat(span.text()).doesNotContain("{@", "<p>", " * ", "\n");
                if (!span.code()) {
                    assertThat(span.text()).doesNotContain("<", "&", "{");
                }
            });
        });
    }

    private static String text(Listing listing) {
        return String.join("\n", listing.lines().stream().map(Line::text).toList());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void proseIsReadOutOfJavadoc(String comment, String expected) {
        StringBuilder read = new StringBuilder();
        Prose.of(comment).paragraphs().forEach(paragraph -> {
            paragraph.forEach(span -> read.append(span.code() ? "[" + span.text() + "]" : span.text()));
            read.append('|');
        });
        assertThat(read.toString()).isEqualTo(expected);
    }

    static Stream<Arguments> examples() {
        return Stream.of(
                Arguments.of(
                        "\n * One\n * line.\n *\n * <p>In Go: {@code go func() { ch <- 42 }()}.\n ",
                        "One line.|In Go: [go func() { ch <- 42 }()].|"),
                Arguments.of(
                        " * A {@linkplain Context#done() channel}, {@link java.util.concurrent.Phaser}, {@link TaskGroup#limit}.",
                        "A channel, [Phaser], [TaskGroup.limit].|"));
    }
}
