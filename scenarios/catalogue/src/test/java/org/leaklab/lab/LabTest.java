package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/** The lab says so when a cell does not do what its class says. */
class LabTest {

    /** Short, because these cells never come to what is expected of them. */
    private final Lab lab = new Lab(Duration.ofMillis(300));

    private CellResult run(Scenario scenario, Variant variant, ThreadKind kind) throws InterruptedException {
        return lab.run(new Cell(scenario, variant, kind, 1));
    }

    @Leak(id = "fewer", family = Family.CHANNEL, stuck = 2, at = "Channel.send", cause = "c", cure = "c")
    static class LeavesFewerThanItSays implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("one", () -> Channel.<Integer>unbuffered().send(1));
        }

        @Override
        public void fixed(Threads threads) {
            leaky(threads);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fewerStuckThanTheClassSays(ThreadKind kind) throws InterruptedException {
        CellResult result = run(new LeavesFewerThanItSays(), Variant.LEAKY, kind);
        assertThat(result.observedStuck()).isEqualTo(1);
        assertThat(result.verdict()).isEqualTo("unexpected");
        assertThat(result.threadsAfter()).isEqualTo(result.threadsBefore());
    }

    @ParameterizedTest
    @EnumSource
    void aCureThatLeaks(ThreadKind kind) throws InterruptedException {
        CellResult result = run(new LeavesFewerThanItSays(), Variant.FIXED, kind);
        assertThat(result.observedStuck()).isEqualTo(1);
        assertThat(result.asExpected()).isFalse();
    }

    @Leak(id = "elsewhere", family = Family.CHANNEL, stuck = 1, at = "Channel.send", cause = "c", cure = "c")
    static class IsStuckElsewhere implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("one", () -> Channel.<Integer>unbuffered().receive());
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @Test
    void aThreadThatIsStuckElsewhereDoesNotCount() throws InterruptedException {
        CellResult result = run(new IsStuckElsewhere(), Variant.LEAKY, ThreadKind.VIRTUAL);
        assertThat(result.observedStuck()).isZero();
        assertThat(result.asExpected()).isFalse();
    }

    @Leak(id = "busy", family = Family.LOOP, stuck = 1, at = "LabTest.Computes.compute", cause = "c", cure = "c")
    static class Computes implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("one", () -> compute(threads));
        }

        @Override
        public void fixed(Threads threads) {}

        private static void compute(Threads threads) {
            while (true) {
                threads.work();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThreadThatSpinsIsNotParked(ThreadKind kind) throws InterruptedException {
        assertThat(run(new Computes(), Variant.LEAKY, kind).observedStuck()).isZero();
    }

    @Leak(id = "wrong", family = Family.PITFALL, stuck = 0, wrongAnswer = true, cause = "c", cure = "c")
    static class AnswersRightInBothForms implements Scenario {
        @Override
        public void leaky(Threads threads) {
            WrongAnswer.unless(1, 1);
        }

        @Override
        public void fixed(Threads threads) {
            WrongAnswer.unless(1, 2);
        }
    }

    @Test
    void answersAreHeldAgainstTheClassToo() throws InterruptedException {
        assertThat(run(new AnswersRightInBothForms(), Variant.LEAKY, ThreadKind.VIRTUAL)
                        .asExpected())
                .isFalse();
        CellResult fixed = run(new AnswersRightInBothForms(), Variant.FIXED, ThreadKind.VIRTUAL);
        assertThat(fixed.wrongAnswer()).isEqualTo("expected 1, got 2");
        assertThat(fixed.asExpected()).isFalse();
    }

    private static final CountDownLatch LET_GO = new CountDownLatch(1);

    @Leak(id = "stubborn", family = Family.LOCK, stuck = 1, at = "LabTest.CannotBeEnded.sit", cause = "c", cure = "c")
    static class CannotBeEnded implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("stubborn", CannotBeEnded::sit);
        }

        @Override
        public void fixed(Threads threads) {
            Thread.ofPlatform().name("on the sly").daemon().start(CannotBeEnded::sit);
        }

        private static void sit() {
            while (LET_GO.getCount() > 0) {
                LockSupport.park(LET_GO);
                boolean ignored = Thread.interrupted();
            }
        }
    }

    @Test
    void whatSurvivesIsNamed() throws InterruptedException {
        try {
            CellResult leaky = run(new CannotBeEnded(), Variant.LEAKY, ThreadKind.PLATFORM);
            assertThat(leaky.complaints())
                    .singleElement()
                    .asString()
                    .matches("thread stubborn \\(platform #\\d+\\) cannot be ended");
            assertThat(leaky.threadsAfter()).as("left, each counted once").isEqualTo(leaky.threadsBefore() + 1);
            CellResult fixed = run(new CannotBeEnded(), Variant.FIXED, ThreadKind.PLATFORM);
            assertThat(fixed.complaints()).containsExactly("these threads survive the cell: on the sly");
            assertThat(fixed.asExpected()).isFalse();
        } finally {
            LET_GO.countDown();
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("stubborn")
                            || thread.getName().equals("on the sly"))
                    .forEach(Thread::interrupt);
        }
    }

    @Leak(id = "fails", family = Family.CHANNEL, stuck = 0, wrongAnswer = true, cause = "c", cure = "c")
    static class Fails implements Scenario {
        @Override
        public void leaky(Threads threads) {
            throw new IllegalArgumentException("broken scenario");
        }

        @Override
        public void fixed(Threads threads) throws InterruptedException {
            Channel.unbuffered().receive();
        }
    }

    @Test
    void aCallerThatFailsOrDoesNotReturnIsNamed() throws InterruptedException {
        assertThat(run(new Fails(), Variant.LEAKY, ThreadKind.VIRTUAL).complaints())
                .containsExactly("the caller failed: java.lang.IllegalArgumentException: broken scenario");
        assertThat(run(new Fails(), Variant.FIXED, ThreadKind.VIRTUAL).complaints())
                .anyMatch(complaint -> complaint.startsWith("the caller itself does not return: it is at "));
    }

    @Leak(
            id = "differs",
            family = Family.JVM,
            stuck = 1,
            at = "X.y",
            cause = "c",
            cure = "c",
            differs = @Leak.Differs(from = 21, to = 23, threads = ThreadKind.VIRTUAL, stuck = 2, why = "w"))
    static class Differs implements Scenario {
        @Override
        public void leaky(Threads threads) {}

        @Override
        public void fixed(Threads threads) {}
    }

    @Test
    void theExpectedNumberFollowsJdkKindVariantAndCount() {
        Scenario scenario = new Differs();
        assertThat(new Cell(scenario, Variant.LEAKY, ThreadKind.VIRTUAL, 1).expectedStuck(21))
                .isEqualTo(2);
        assertThat(new Cell(scenario, Variant.LEAKY, ThreadKind.VIRTUAL, 3).expectedStuck(23))
                .isEqualTo(6);
        assertThat(new Cell(scenario, Variant.LEAKY, ThreadKind.VIRTUAL, 3).expectedStuck(24))
                .isEqualTo(3);
        assertThat(new Cell(scenario, Variant.LEAKY, ThreadKind.PLATFORM, 1).expectedStuck(21))
                .isEqualTo(1);
        assertThat(new Cell(scenario, Variant.FIXED, ThreadKind.VIRTUAL, 1).expectedStuck(21))
                .isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> new Cell(scenario, Variant.FIXED, ThreadKind.VIRTUAL, 0));
    }

    @Test
    void noneIsLeftOnlyIfTwoLooksSeeNone() {
        Thread before = new Thread("before");
        Thread later = new Thread("later");
        List<Set<Thread>> looks = List.of(Set.of(before), Set.of(before, later));
        Iterator<Set<Thread>> next = looks.iterator();
        assertThat(Lab.more(Set.of(before), next::next)).containsExactly(later);
        assertThat(Lab.more(Set.of(before), () -> Set.of(before))).isEmpty();
    }
}
