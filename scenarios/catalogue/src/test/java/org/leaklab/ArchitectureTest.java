package org.leaklab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.leaklab.scenario.Scenario;

/**
 * What the compiler does not see: which module needs which stands in each {@code module-info.java}, and the build fails
 * where one reaches for more. Here are the rules between packages of one module. That the rule against cycles can fail
 * is shown in {@link TenMessagesTest}.
 */
@Tag("once")
class ArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.leaklab");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.leaklab.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void aScenarioDoesNotKnowOfTheLabAndTheDetectors() {
        noClasses()
                .that()
                .resideInAPackage("org.leaklab.scenario..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.leaklab.lab..", "org.leaklab.detect..")
                .check(classes);
    }

    /** Who uses {@code @VerifyNoLeaks} has JUnit; all else of the detectors works without. */
    @Test
    void junitIsUsedInItsOwnPackageAlone() {
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
