package org.leaklab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.leaklab.scenario.Scenario;

/** No package cycles, and who may see whom. That the cycle rule can fail is shown in {@link TenMessagesTest}. */
class ArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.leaklab");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.leaklab.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void theLibraryNeverSeesJmh() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.openjdk.jmh..")
                .check(classes);
    }

    @Test
    void dataFlowsOneWay() {
        noClasses()
                .that()
                .resideInAPackage("org.leaklab.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.leaklab.scenario..", "org.leaklab.pattern..", "org.leaklab.detect..", "org.leaklab.lab..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("org.leaklab.scenario..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.leaklab.lab..", "org.leaklab.detect..")
                .check(classes);
    }

    @Test
    void coreScenariosAndPatternsNeedNothingButTheJdk() {
        classes()
                .that()
                .resideInAnyPackage(
                        "org.leaklab.core..", "org.leaklab.scenario..", "org.leaklab.pattern..", "org.leaklab.lab..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.leaklab..", "java..", "com.sun.net.httpserver..", "org.jspecify..")
                .check(classes);
    }

    /** The format of pprof comes from a library. JUnit is where whoever uses it has it anyway. */
    @Test
    void detectorsNeedLittleMore() {
        classes()
                .that()
                .resideInAnyPackage("org.leaklab.detect..", "org.leaklab.serve..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.leaklab..",
                        "java..",
                        "javax.management..",
                        "com.sun.management..",
                        "com.sun.net.httpserver..",
                        "com.google.protobuf..",
                        "org.jspecify..")
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackage("org.leaklab.junit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(classes);
    }

    @Test
    void aScenarioStandsInThePackageOfItsFamily() {
        assertThat(classes.stream().filter(type -> type.isAssignableTo(Scenario.class) && !type.isInterface()))
                .isNotEmpty()
                .allSatisfy(type ->
                        assertThat(type.getPackageName()).isEqualTo("org.leaklab.scenario." + family(type.reflect())));
    }

    private static String family(Class<?> scenario) {
        return scenario.getAnnotation(org.leaklab.scenario.Leak.class).family().word();
    }
}
