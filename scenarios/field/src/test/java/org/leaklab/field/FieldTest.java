package org.leaklab.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.core.ThreadKind;

/**
 * Detect gives the expected answer about each program, and no healthy one has a leaked thread. What was said goes into
 * {@code target/detect-field.md}, whether it is right or not. {@code -Dleaklab.only=REGEX} runs some of them, and
 * writes no page.
 */
class FieldTest {

    /** Healthy threads that may be suspects, in all programs together. */
    private static final int SUSPECTS = 1;

    private static final String ONLY = System.getProperty("leaklab.only", "");

    private static final List<Run> RUNS = new ArrayList<>();

    @TempDir
    private static Path work;

    @TestFactory
    Stream<DynamicTest> stuck() {
        return wanted(Programs.STUCK)
                .flatMap(program -> (Run.expected(program).bothKinds()
                                ? Stream.of(ThreadKind.values())
                                : Stream.of(ThreadKind.PLATFORM))
                        .map(kind -> test(program, kind)));
    }

    @TestFactory
    Stream<DynamicTest> healthy() {
        return Stream.concat(
                wanted(Programs.HEALTHY).map(program -> test(program, ThreadKind.PLATFORM)),
                Stream.of(dynamicTest("at most one suspect in all healthy programs", FieldTest::fewSuspects)));
    }

    private static Stream<Class<? extends Program>> wanted(List<Class<? extends Program>> programs) {
        return programs.stream()
                .filter(program -> ONLY.isEmpty() || program.getName().matches(".*(" + ONLY + ").*"));
    }

    private static DynamicTest test(Class<? extends Program> program, ThreadKind kind) {
        return dynamicTest(program.getSimpleName() + ", " + kind.name().toLowerCase(Locale.ROOT), () -> {
            Run run = Run.of(program, kind, work);
            RUNS.add(run);
            assertThat(run.isRight())
                    .as("expected %s, found %s", Run.expected(program).value().word(), run.found())
                    .isTrue();
        });
    }

    private static void fewSuspects() {
        assertThat(RUNS.stream()
                        .filter(run -> Run.expected(run.program()).value() == Answer.HEALTHY)
                        .flatMap(run -> run.suspects().stream()
                                .map(name -> run.program().getSimpleName() + ": " + name)))
                .hasSizeLessThanOrEqualTo(SUSPECTS);
    }

    @AfterAll
    static void write() throws IOException {
        if (ONLY.isEmpty()) {
            Files.writeString(Path.of("target", "detect-field.md"), Page.of(RUNS));
        }
    }
}
