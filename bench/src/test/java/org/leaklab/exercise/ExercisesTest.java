package org.leaklab.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.lab.Catalogue;

/**
 * Every exercise fails as the learner gets it, its model solution passes, and plausible wrong cures are caught with the
 * words that they deserve. A few of them in each build; all with {@code -Dleaklab.exercises=all}, or those that match a
 * pattern.
 */
@Tag("once")
class ExercisesTest {

    private static final long SEED = 7;
    private static final String WHICH =
            System.getProperty("leaklab.exercises", "letter|permits|reports|children|handover|closetest|shop");

    private final Judge judge = new Judge(Compiler.find().orElseThrow(), Judge.scale());

    @TempDir
    Path folder;

    static List<Exercise> exercises() {
        return Exercises.load().all().stream()
                .filter(exercise -> WHICH.equals("all") || exercise.id().matches(WHICH))
                .toList();
    }

    static Stream<Named<Exercise>> written() {
        return exercises().stream()
                .filter(exercise -> exercise.kind() == Kind.MEND || exercise.kind() == Kind.TEST)
                .map(exercise -> Named.of(exercise.id(), exercise));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("written")
    void theFileAsTheLearnerGetsItIsNotRight(Exercise exercise) throws Exception {
        Verdict verdict = judge(exercise, exercise.source());
        assertThat(verdict).as(text(verdict)).isInstanceOf(Verdict.NotYet.class);
        assertThat(text(verdict)).doesNotContain("does not compile").doesNotContain("no longer has");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("written")
    void theModelSolutionIsRight(Exercise exercise) throws Exception {
        Verdict verdict = judge(exercise, exercise.solution().in(exercise.source()));
        assertThat(verdict).as(text(verdict)).isInstanceOf(Verdict.Right.class);
    }

    static Stream<Arguments> wrong() {
        return written()
                .flatMap(exercise -> exercise.getPayload().wrong().stream()
                        .map(attempt -> Arguments.of(exercise, Named.of(attempt.name(), attempt))));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("wrong")
    void aWrongCureIsCaughtWithTheRightWords(Exercise exercise, Attempt wrong) throws Exception {
        Verdict verdict = judge(exercise, wrong.in(exercise.source()));
        assertThat(verdict).as(text(verdict)).isInstanceOf(Verdict.NotYet.class);
        assertThat(verdict.lines())
                .as("must say \"" + wrong.says() + "\": " + text(verdict))
                .anyMatch(line -> Pattern.compile(wrong.says()).matcher(line).find());
    }

    static Stream<Named<Exercise>> predicted() {
        return exercises().stream()
                .filter(exercise -> exercise.kind() == Kind.PREDICT)
                .map(exercise -> Named.of(exercise.id(), exercise));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("predicted")
    void oneChoiceIsWhatHappens(Exercise exercise) throws Exception {
        Path file = folder.resolve(exercise.fileName());
        List<String> right = new ArrayList<>();
        for (Exercise.Choice choice : exercise.choices()) {
            Files.writeString(file, exercise.source().replace("// answer: ?", "// answer: " + choice.letter()));
            Verdict verdict = judge.judge(exercise, file, SEED);
            assertThat(verdict.exitCode()).as(text(verdict)).isLessThan(2);
            if (verdict instanceof Verdict.Right) {
                right.add(choice.letter());
            }
        }
        assertThat(right).as(exercise.id()).hasSize(1);
        assertThat(exercise.hints().getLast()).startsWith(right.getFirst() + ":");
        Files.writeString(file, exercise.source());
        assertThat(text(judge.judge(exercise, file, SEED))).contains("has no answer yet");
        assertThat(text(judge.judge(exercise, file, SEED, "z"))).contains("\"z\" is not one of a, b, c");
    }

    /** The line is found by what stands there, so that the programs may change above it. */
    @ParameterizedTest
    @CsvSource({
        "shop,  gift-attic-50, found.put(,     printer",
        "press, second-41,     sum.join(),     printer",
        "night, parade-7-1,    ready.await(),  archivist",
        "mill,  debit-1,       other.lock(),   archivist"
    })
    void detectFindsTheLeakOfAProgram(String id, String thread, String at, String waits) throws Exception {
        Exercise exercise = Exercises.load().byId(id).orElseThrow();
        assumeTrue(exercises().contains(exercise));
        List<String> lines = exercise.source().lines().toList();
        int line = 1;
        while (!lines.get(line - 1).contains(at)) {
            line++;
        }
        Path file = folder.resolve(exercise.fileName());
        Files.writeString(file, exercise.source());
        assertThat(text(judge.judge(exercise, file, SEED))).contains("has no answer yet");
        String name = exercise.fileName() + ":";
        assertThat(text(judge.judge(exercise, file, SEED, name + line + " " + thread)))
                .isEqualTo(
                        "Write the thread first and then the line: \"// answer: " + thread + " " + name + line + "\".");
        assertThat(text(judge.judge(exercise, file, SEED, thread))).contains("is not a thread and a line");
        Verdict right = judge.judge(exercise, file, SEED, thread + " " + name + line);
        assertThat(right).as(text(right)).isInstanceOf(Verdict.Right.class);
        assertThat(text(judge.judge(exercise, file, SEED, thread + " " + name + 1)))
                .startsWith("The thread is right, and the line is not");
        assertThat(text(judge.judge(exercise, file, SEED, waits + " " + name + 1)))
                .contains("waits, and something alive can still wake it");
        assertThat(text(judge.judge(exercise, file, SEED, "nobody " + name + 1)))
                .contains("detect says nothing");
    }

    @Test
    void thereAreFortyInFiveTracksInRisingOrder() {
        List<Exercise> all = Exercises.load().all();
        Set<String> scenarios = Set.copyOf(Catalogue.load().ids());
        assertThat(all).hasSizeGreaterThanOrEqualTo(40);
        assertThat(all.stream().filter(each -> each.kind() == Kind.MEND)).hasSizeGreaterThanOrEqualTo(24);
        assertThat(all.stream().map(Exercise::kind)).contains(Kind.values());
        assertThat(all.stream().map(Exercise::id)).doesNotHaveDuplicates();
        assertThat(all.stream().map(Exercise::className)).doesNotHaveDuplicates();
        for (Track track : Track.values()) {
            assertThat(all.stream().filter(each -> each.track() == track).map(Exercise::level))
                    .isNotEmpty()
                    .isSorted();
        }
        assertThat(all).allSatisfy(each -> {
            assertThat(each.title()).isNotBlank();
            assertThat(each.needs()).isNotBlank();
            assertThat(each.hints()).hasSize(Exercise.HINTS);
            assertThat(scenarios).contains(each.scenario());
            assertThat(each.source())
                    .contains("java -jar bench/target/benchmarks.jar exercise check " + each.id() + "\n");
            assertThat(each.source().lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
            if (each.kind() == Kind.MEND || each.kind() == Kind.TEST) {
                assertThat(each.wrong()).hasSizeGreaterThanOrEqualTo(3);
            } else {
                assertThat(each.wrong()).isEmpty();
            }
        });
    }

    @Test
    void everyAnswerCompilesAndReplacesLinesThatAreThere() {
        Compiler compiler = Compiler.find().orElseThrow();
        for (Exercise exercise : Exercises.load().all()) {
            List<Attempt> attempts = new ArrayList<>(exercise.wrong());
            attempts.add(exercise.solution());
            attempts.add(new Attempt("as it is", "", List.of()));
            for (Attempt attempt : attempts) {
                Map<String, String> sources = new HashMap<>();
                sources.put(exercise.fileName(), attempt.in(exercise.source()));
                if (!exercise.check().isEmpty()) {
                    sources.put("Check.java", exercise.check());
                    sources.put("Expect.java", Exercises.expect());
                }
                assertThat(compiler.compile(sources).complaints())
                        .as(exercise.id() + ": " + attempt.name())
                        .isEmpty();
            }
        }
    }

    private Verdict judge(Exercise exercise, String source) throws IOException, InterruptedException {
        Path file = folder.resolve(exercise.fileName());
        Files.writeString(file, source);
        Verdict verdict = judge.judge(exercise, file, SEED);
        if (System.getProperty("leaklab.show") != null) {
            System.out.println("---- " + exercise.id());
            System.out.println(text(verdict));
        }
        return verdict;
    }

    private static String text(Verdict verdict) {
        return String.join("\n", verdict.lines());
    }
}
