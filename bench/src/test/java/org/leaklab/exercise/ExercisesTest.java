package org.leaklab.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every exercise fails as the learner gets it, its model solution passes, and plausible wrong cures are caught with the
 * words that they deserve. A few of them in each build; all with {@code -Dleaklab.exercises=all}, or those that match a
 * pattern.
 */
class ExercisesTest {

    private static final long SEED = 7;
    private static final String WHICH = System.getProperty("leaklab.exercises", "letter|permits|reports");

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

    @ParameterizedTest
    @MethodSource("written")
    void theFileAsTheLearnerGetsItIsNotRight(Exercise exercise) throws Exception {
        Verdict verdict = judge(exercise, exercise.source());
        assertThat(verdict).as(text(verdict)).isInstanceOf(Verdict.NotYet.class);
        assertThat(text(verdict)).doesNotContain("does not compile").doesNotContain("no longer has");
    }

    @ParameterizedTest
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

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongCureIsCaughtWithTheRightWords(Exercise exercise, Attempt wrong) throws Exception {
        Verdict verdict = judge(exercise, wrong.in(exercise.source()));
        assertThat(verdict).as(text(verdict)).isInstanceOf(Verdict.NotYet.class);
        assertThat(verdict.lines())
                .as("must say \"" + wrong.says() + "\": " + text(verdict))
                .anyMatch(line -> Pattern.compile(wrong.says()).matcher(line).find());
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
