package org.leaklab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.leaklab.bench.Words;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.State;

/**
 * Who may see whom in this module. A question is measured, its rows become results, results are compared and shown, and
 * a command starts each of these; nothing on that way calls back.
 */
@Tag("once")
class BenchArchitectureTest {

    private static final String[] QUESTIONS = {
        "org.leaklab.bench.core",
        "org.leaklab.bench.scenario",
        "org.leaklab.bench.memory",
        "org.leaklab.bench.collector",
        "org.leaklab.bench.latency",
        "org.leaklab.bench.scheduling",
        "org.leaklab.bench.overhead",
        "org.leaklab.bench.detection"
    };

    private static final Set<String> ROOTS = Set.of(
            "results", "table", "boot", "bench", "soak", "compare", "ab", "pages", "exercise", "timeline", "cli");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(Words.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.leaklab.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyHarnessesAndCommandsSeeJmh() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.leaklab.bench..", "org.leaklab.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.openjdk.jmh..")
                .check(CLASSES);
    }

    @Test
    void commandsStartJmhAndMeasureNothing() {
        noClasses()
                .that()
                .resideInAPackage("org.leaklab.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.openjdk.jmh.annotations..", "org.openjdk.jmh.infra..", "org.openjdk.jmh.profile..")
                .check(CLASSES);
    }

    @Test
    void benchmarksAndTheirStatesStandInPackagesOfQuestions() {
        methods()
                .that()
                .areAnnotatedWith(Benchmark.class)
                .should()
                .beDeclaredInClassesThat()
                .resideInAnyPackage(QUESTIONS)
                .check(CLASSES);
        classes()
                .that()
                .areAnnotatedWith(State.class)
                .and()
                .resideOutsideOfPackage("..jmh_generated..")
                .should()
                .resideInAnyPackage(QUESTIONS)
                .check(CLASSES);
    }

    @ParameterizedTest
    @FieldSource("QUESTIONS")
    void everyQuestionHasABenchmark(String question) {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getPackageName().equals(question))
                        .filter(BenchArchitectureTest::hasBenchmark))
                .isNotEmpty();
    }

    private static boolean hasBenchmark(JavaClass type) {
        return type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(Benchmark.class));
    }

    /** What else of this module a package may depend on. */
    @ParameterizedTest
    @CsvSource(nullValues = "nothing", textBlock = """
            results, nothing
            table,   nothing
            boot,    nothing
            bench,   results table
            soak,    bench
            compare, results table
            ab,      results table compare bench
            pages,   results table compare soak bench exercise timeline
            exercise, nothing
            timeline, nothing
            """)
    void packagesDependOnWhatComesBeforeThem(String name, @Nullable String before) {
        Set<String> forbidden = new TreeSet<>(ROOTS);
        forbidden.remove(name);
        if (before != null) {
            forbidden.removeAll(List.of(before.split(" ")));
        }
        noClasses()
                .that()
                .resideInAPackage("org.leaklab." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.stream()
                        .map(other -> "org.leaklab." + other + "..")
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void everyPackageIsUnderOneOfThese() {
        assertThat(CLASSES.stream()
                        .map(type -> type.getPackageName().replaceFirst("^org\\.leaklab\\.(\\w+).*", "$1"))
                        .collect(Collectors.toSet()))
                .isEqualTo(ROOTS);
    }

    /** What measures does not know how its rows are run, so that plain JMH can run it. */
    @Test
    void questionsDoNotSeeTheRunner() {
        noClasses()
                .that()
                .resideInAnyPackage(QUESTIONS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.leaklab.bench.run..")
                .check(CLASSES);
    }
}
