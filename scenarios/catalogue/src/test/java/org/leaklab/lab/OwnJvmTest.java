package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.JvmThreads;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/** The result of a cell comes whole from the JVM that it ran in, and so does what that JVM says when it fails. */
class OwnJvmTest {

    /** The most of them print more text than fits into a pipe. */
    @ParameterizedTest
    @CsvSource({"PLATFORM, 100", "VIRTUAL, 10", "VIRTUAL, 100", "VIRTUAL, 400"})
    void manyThreadsComeBack(ThreadKind kind, int count) throws InterruptedException {
        Cell cell = new Cell(Catalogue.load().get("pinned-carrier"), Variant.LEAKY, kind, count);
        Set<Detector> detectors = EnumSet.of(Detector.COUNT, Detector.PROFILE);
        CellResult result = new Lab().run(cell, detectors);

        assertThat(result.complaints()).isEmpty();
        assertThat(result.cell()).isSameAs(cell);
        assertThat(result.asExpected()).isTrue();
        assertThat(result.stuck())
                .hasSize(cell.expectedStuck(Runtime.version().feature()))
                .anySatisfy(thread -> {
                    assertThat(thread.stack()).anyMatch(frame -> frame.contains("Channel.receive"));
                    assertThat(thread.waitsFor()).isNotNull();
                });
        assertThat(result.stack()).isNotEmpty();
        assertThat(result.said()).extracting(Said::detector).containsExactly("count", "profile");
        assertThat(result.said()).extracting(Said::found).containsOnly(result.observedStuck());
    }

    /** What nothing ends is stuck in another JVM; of it nothing is left in this one. */
    @ParameterizedTest
    @EnumSource
    void whatNothingEndsEndsWithItsJvm(ThreadKind kind) throws InterruptedException {
        Scenario scenario = Catalogue.load().get("lock-order-deadlock", Idiom.JDK);
        assertThat(scenario.leak().endedBy()).isEqualTo(EndedBy.JVM);
        for (Variant variant : Variant.values()) {
            CellResult result = new Lab().run(new Cell(scenario, variant, kind, 1));
            assertThat(result.asExpected()).as(result.toString()).isTrue();
            assertThat(result.observedStuck()).isEqualTo(variant == Variant.LEAKY ? 2 : 0);
            assertThat(result.threadsAfter()).isEqualTo(result.threadsBefore());
        }
        assertThat(JvmThreads.platform()).extracting(Thread::getName).doesNotContain("alice to bob", "bob to alice");
    }

    /** Without its JVM such a scenario would stay for good, so who keeps or repeats cells in this JVM refuses it. */
    @Test
    void itIsNotKeptInThisJvm() {
        Scenario scenario = Catalogue.load().get("lock-order-deadlock", Idiom.JDK);
        assertThatThrownBy(() -> Exhibit.of(new Cell(scenario, Variant.LEAKY, ThreadKind.VIRTUAL, 1)))
                .hasMessageContaining("lock-order-deadlock/jdk runs in a JVM of its own");
        assertThatThrownBy(() -> new Watch(scenario, List.of(ThreadKind.VIRTUAL), Duration.ofMillis(1)))
                .hasMessageContaining("runs in a JVM of its own");
    }

    @Leak(
            id = "no-such-option",
            family = Family.JVM,
            stuck = 1,
            at = "X.y",
            cause = "c",
            cure = "c",
            ownJvm = "-XX:+NoSuchOption\u001b[31m")
    static class NeedsAnOptionThatThereIsNot implements Scenario {
        @Override
        public void leaky(Threads threads) {}

        @Override
        public void fixed(Threads threads) {}
    }

    @Test
    void whatAJvmSaysThatCannotStartIsTheComplaint() throws InterruptedException {
        Cell cell = new Cell(new NeedsAnOptionThatThereIsNot(), Variant.LEAKY, ThreadKind.VIRTUAL, 1);
        assertThat(new Lab().run(cell).complaints())
                .singleElement()
                .asString()
                .startsWith("its JVM ended with exit code 1 and no result; it said: ")
                .contains("NoSuchOption\\u001B[31m");
    }

    @Leak(
            id = "not-listed",
            family = Family.JVM,
            stuck = 1,
            at = "X.y",
            cause = "c",
            cure = "c",
            ownJvm = "-Xshare:auto")
    static class IsInNoCatalogue implements Scenario {
        @Override
        public void leaky(Threads threads) {}

        @Override
        public void fixed(Threads threads) {}
    }

    @Test
    void whatTheChildThrowsIsTheComplaint() throws InterruptedException {
        Cell cell = new Cell(new IsInNoCatalogue(), Variant.LEAKY, ThreadKind.VIRTUAL, 1);
        assertThat(new Lab().run(cell).complaints())
                .singleElement()
                .asString()
                .contains("there is no scenario \"not-listed\"")
                .contains(" | at ") // a line of a stack, without its tab
                .matches(complaint -> complaint.chars().noneMatch(Character::isISOControl));
    }

    @Test
    void theChildFindsItsClassesAsThisJvmDoes() {
        assertThat(OwnJvm.path(null, OwnJvm.class))
                .containsExactly("-cp", System.getProperty("java.class.path"), OwnJvm.class.getName());
        System.setProperty("jdk.module.path", "modules");
        try {
            assertThat(OwnJvm.path("some.module", OwnJvm.class))
                    .endsWith("--module-path", "modules", "--module", "some.module/" + OwnJvm.class.getName());
        } finally {
            System.clearProperty("jdk.module.path");
        }
    }

    @Test
    void aJvmThatDoesNotEndInTimeIsKilled() throws InterruptedException {
        Cell cell = new Cell(Catalogue.load().get("pinned-carrier"), Variant.LEAKY, ThreadKind.VIRTUAL, 1);
        List<String> complaints = new Lab(Duration.ofMillis(1)).run(cell).complaints();
        assertThat(complaints).singleElement().asString().startsWith("its JVM did not end in time and was killed");
    }
}
