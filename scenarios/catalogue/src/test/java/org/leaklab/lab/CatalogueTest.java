package org.leaklab.lab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;

/** The catalogue is whole and its data well-formed. */
class CatalogueTest {

    /**
     * The ids that were promised first, with the threads that one leaky run leaves stuck; -1 where the class decides.
     */
    private static final String PROMISED = """
            channel send-without-receiver=1 receive-without-sender=1 surplus-senders=9 surplus-receivers=9 nil-channel-send=1
            channel nil-channel-receive=10 range-over-unclosed-channel=1 double-send=1 early-return=1 first-result-wins=4
            channel select-never-ready=1 closed-channel-spin=1
            cancellation uncancelled-context=1 cancel-never-called=1 ignores-cancellation=1 sleep-ignores-cancellation=1
            cancellation swallowed-interrupt=1 blocking-call-without-timeout=1 timeout-abandons-task=1
            cancellation timeout-holds-resource=2 ticker-never-stopped=1
            lock mutex-never-unlocked=9 mutex-relock=1 lock-order-deadlock=2 owner-died=1 missed-notify=1
            lock read-to-write-upgrade=1
            counter waitgroup-missing-done=1 waitgroup-over-add=1 barrier-missing-party=2
            loop infinite-loop=1
            io http-response-not-closed=-1 http-handler-detached-task=1 http-handler-writes-after-disconnect=1
            callback deferred-task-without-context=1 callback-never-fires=1 future-never-completed=1
            jvm executor-never-shut-down=-1 pinned-carrier=-1
            structured task-group=-1 bounded-concurrency=-1 pipeline=-1 fan-out-fan-in=-1 worker-pool=-1
            pitfall swallowed-error=-1 context-not-propagated=-1 shared-loop-variable=-1 producer-never-closes=-1
            pitfall semaphore-outside-group=-1
            """;

    private static final int PROMISED_IDS = 49;
    private static final int NEW_IDS = 30;

    private final Catalogue catalogue = Catalogue.load();

    @Test
    void holdsEveryPromisedScenarioWithItsNumber() {
        List<String> promised = PROMISED.lines()
                .flatMap(line -> {
                    String[] words = line.split(" ");
                    return List.of(words).stream().skip(1).map(word -> words[0] + " " + word);
                })
                .toList();
        List<String> found = catalogue.ids().stream()
                .map(id -> catalogue.get(id).leak())
                .map(leak ->
                        leak.family().word() + " " + leak.id() + "=" + (isFixed(promised, leak) ? leak.stuck() : -1))
                .toList();
        assertThat(found).containsAll(promised);
    }

    private static boolean isFixed(List<String> promised, Leak leak) {
        return !promised.contains(leak.family().word() + " " + leak.id() + "=-1");
    }

    @Test
    void everyFamilyHasScenarios() {
        assertThat(catalogue.all().stream()
                        .map(scenario -> scenario.leak().family())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Family.values());
    }

    @Test
    void everyScenarioClassIsListed() {
        Set<String> classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.leaklab").stream()
                        .filter(type -> type.isAssignableTo(Scenario.class) && !type.isInterface())
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());
        assertThat(catalogue.all().stream().map(scenario -> scenario.getClass().getName()))
                .containsExactlyInAnyOrderElementsOf(classes);
    }

    /** Both lists are needed: the class path reads the one in META-INF/services, the module path the other. */
    @Test
    void theModuleProvidesTheScenariosThatTheClassPathFinds() throws Exception {
        Path classes = Path.of(Catalogue.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ModuleDescriptor module;
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }
        assertThat(module.provides()).singleElement().satisfies(provided -> {
            assertThat(provided.service()).isEqualTo(Scenario.class.getName());
            assertThat(provided.providers())
                    .containsExactlyElementsOf(catalogue.all().stream()
                            .map(scenario -> scenario.getClass().getName())
                            .toList());
        });
    }

    @Test
    void dataIsWellFormed() {
        assertThat(catalogue.all()).extracting(Scenario::leak).allSatisfy(leak -> {
            assertThat(leak.id()).matches("[a-z]+(-[a-z]+)*");
            assertThat(List.of(leak.cause(), leak.cure()))
                    .allSatisfy(sentence -> assertThat(sentence).isNotBlank().doesNotEndWith("."));
            assertThat(leak.stuck() > 0 || leak.wrongAnswer())
                    .as("something goes wrong")
                    .isTrue();
            assertThat(leak.stuck() == 0).as("no place without a stuck thread").isEqualTo(leak.at().length == 0);
        });
    }

    /** Of an id with one idiom the catalogue says why, or it is one that the JDK's own classes show. */
    @Test
    void everyIdHasAFormThatAJavaProgrammerTypes() {
        assertThat(catalogue.ids()).allSatisfy(id -> {
            List<Leak> forms = catalogue.idioms(id).stream().map(Scenario::leak).toList();
            boolean jdk = forms.stream().anyMatch(leak -> leak.idiom() == Idiom.JDK);
            assertThat(forms)
                    .extracting(Leak::family)
                    .containsOnly(forms.getFirst().family());
            assertThat(forms)
                    .as(id + " says why it has no form with the JDK's classes, and only then")
                    .allMatch(leak -> leak.noJdkForm().isEmpty() == jdk);
        });
        assertThat(catalogue.ids()).hasSizeGreaterThanOrEqualTo(PROMISED_IDS + NEW_IDS);
    }

    @Test
    void reportsAreNamedSoThatTheyCanBeFound() {
        assertThat(catalogue.all()).extracting(Scenario::leak).allSatisfy(leak -> {
            assertThat(leak.seenIn()).hasSizeLessThanOrEqualTo(3).doesNotHaveDuplicates();
            assertThat(leak.seenIn()).allMatch(report -> report.matches("[\\w.-]+/[\\w.-]+#\\d+"));
            String unlike = leak.unlike();
            assertThat(unlike.isEmpty() || catalogue.ids().contains(unlike.replaceFirst(":.*", "")))
                    .as(unlike)
                    .isTrue();
        });
    }

    /** Who reads a form in this idiom need not know leaklab: all that it has of it starts the threads. */
    @Test
    void theIdiomOfTheJdkUsesNothingOfTheCore() {
        noClasses()
                .that(new DescribedPredicate<JavaClass>("are written in the idiom of the JDK") {
                    @Override
                    public boolean test(JavaClass type) {
                        JavaClass outermost = type;
                        while (outermost.getEnclosingClass().isPresent()) {
                            outermost = outermost.getEnclosingClass().get();
                        }
                        return outermost.isAnnotatedWith(Leak.class)
                                && outermost.getAnnotationOfType(Leak.class).idiom() == Idiom.JDK;
                    }
                })
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.leaklab.pattern", "org.leaklab.core")
                        .and(not(belongToAnyOf(Launcher.class, Launched.class, ThreadKind.class))))
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.leaklab.scenario"));
    }

    @Test
    void everyFileEndsWithTheCommandThatRunsIt() throws IOException {
        for (Scenario scenario : catalogue.all()) {
            Leak leak = scenario.leak();
            Path file = Path.of("src/main/java", scenario.getClass().getName().replace('.', '/') + ".java");
            assertThat(Files.readAllLines(file).getLast())
                    .isEqualTo("// java -jar benchmarks.jar run " + leak.id() + " --idiom "
                            + leak.idiom().word());
        }
    }

    @Test
    void anUnknownIdNamesTheNearest() {
        assertThatThrownBy(() -> catalogue.get("send-without-reciever"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no scenario \"send-without-reciever\"; did you mean send-without-receiver?");
    }
}
