package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/** A planted leak is found and shown; what is ignored, about to end or over is not. */
class LeakCheckTest {

    private static final Duration BRIEF = Duration.ofMillis(1);

    private static void leak(Launcher threads, String name) {
        threads.start(name, LeakCheckTest::stuck);
    }

    private static void stuck() throws InterruptedException {
        Channel.nil().receive();
    }

    @ParameterizedTest
    @EnumSource
    void aLeakIsShownWithItsStack(ThreadKind kind) {
        try (Launcher threads = Launcher.of(kind)) {
            leak(threads, "leak");
            assertThatThrownBy(() -> LeakCheck.of(ThreadSource.of(threads)).verifyNone())
                    .isInstanceOf(LeakedThreadsError.class)
                    .hasMessageContaining("1 thread was left behind")
                    .hasMessageContaining("LeakCheckTest.stuck")
                    .hasMessageContaining(kind.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    @Test
    void whatLivedBeforeIsIgnoredIfAsked() throws InterruptedException {
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL)) {
            leak(threads, "before");
            LeakCheck check =
                    LeakCheck.of(ThreadSource.of(threads)).ignoreCurrent().retry(3, BRIEF);
            assertThat(check.find().count()).isZero();
            leak(threads, "after");
            assertThat(check.find().count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWayToIgnore(ThreadKind kind) throws InterruptedException {
        try (Launcher threads = Launcher.of(kind)) {
            leak(threads, "leak-1");
            String creator = Thread.currentThread().getName();
            while (ThreadProfile.of(ThreadSource.of(threads))
                    .waiting()
                    .threads()
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            ThreadSnapshot seen =
                    ThreadProfile.of(ThreadSource.of(threads)).threads().getFirst();
            String top = ProfileText.function(seen.stack().getFirst());

            assertThat(check(threads).find().count()).isEqualTo(1);
            assertThat(check(threads).ignoreName("leak-").find().count()).isZero();
            assertThat(check(threads).ignoreName("other").find().count()).isEqualTo(1);
            assertThat(check(threads).ignoreTop(top).find().count()).isZero();
            assertThat(check(threads)
                            .ignoreTop(LeakCheckTest.class.getName() + ".stuck")
                            .find()
                            .count())
                    .isEqualTo(1);
            assertThat(check(threads)
                            .ignoreAny(LeakCheckTest.class.getName() + ".stuck")
                            .find()
                            .count())
                    .isZero();
            assertThat(check(threads).ignoreCreator(creator).find().count()).isZero();
            assertThat(check(threads).ignoreCreator("nobody").find().count()).isEqualTo(1);
        }
    }

    private static LeakCheck check(Launcher threads) {
        return LeakCheck.of(ThreadSource.of(threads)).retry(2, BRIEF);
    }

    @Test
    void whoIsAboutToEndGetsTime() {
        CountDownLatch end = new CountDownLatch(1);
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL)) {
            Launched slow = threads.start("slow", end::await);
            Thread.ofPlatform().daemon().start(() -> {
                until(() -> slow.thread().getState() == Thread.State.WAITING);
                end.countDown();
            });
            assertThatCode(() -> LeakCheck.of(ThreadSource.of(threads))
                            .retry(1_000, Duration.ofMillis(10))
                            .verifyNone())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsStartedAfterTheListByOneThatEndsIsFound(ThreadKind kind) throws InterruptedException {
        CountDownLatch listed = new CountDownLatch(1);
        try (Launcher threads = Launcher.of(kind)) {
            Launched starter = threads.start("starter", () -> {
                listed.await();
                leak(threads, "leak");
            });
            LeakCheck check = LeakCheck.of(ThreadSource.of(threads))
                    .retry(1, BRIEF)
                    .only(watched -> {
                        listed.countDown();
                        until(() -> !starter.thread().isAlive());
                        return true;
                    });
            assertThat(check.find().count()).isEqualTo(1);
        }
    }

    @Test
    void aCheckThatCannotSeeDoesNotPass() throws Exception {
        assertThat(OtherJvm.run(List.of(), BlindProgram.class))
                .contains("all: IllegalStateException the check found no thread that was left behind, but it cannot see"
                        + " virtual threads that no launcher started: run the JVM with " + JvmThreads.OPEN)
                .contains(
                        "maven-surefire-plugin: <argLine>--add-opens java.base/jdk.internal.vm=ALL-UNNAMED</argLine>\n")
                .contains("jvmArgs(\"--add-opens=java.base/jdk.internal.vm=ALL-UNNAMED\")")
                .contains("only launchers: passes\n")
                .contains("one launcher: passes\n")
                .contains("all with a leak: LeakedThreadsError 1 thread was left behind")
                .contains("cannot know how many virtual threads were not started by a launcher: run the JVM with");
    }

    @Test
    void withTheOptionItSees() throws Exception {
        assertThat(OtherJvm.run(OtherJvm.words(JvmThreads.OPEN), BlindProgram.class))
                .contains("all: passes\n")
                .contains("1 virtual thread was not started by a launcher");
    }

    @Test
    void whereTheJdkDoesNotTrackThreadsTheOptionIsNotEnough() throws Exception {
        List<String> options = new ArrayList<>(OtherJvm.words(JvmThreads.OPEN));
        options.add("-Djdk.trackAllThreads=false");
        assertThat(OtherJvm.run(options, BlindProgram.class))
                .contains("this JVM runs with -Djdk.trackAllThreads=false; leave this option out")
                .doesNotContain("argLine")
                .contains("only launchers: passes\n");
    }

    @Test
    void theFirstFrameOfTheProgramIsShownFirst() throws Exception {
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL)) {
            leak(threads, "leak");
            until(() -> threads.live().getFirst().thread().getState() == Thread.State.WAITING);
            ThreadReport report =
                    LeakCheck.of(ThreadSource.of(threads)).retry(1, BRIEF).find();
            StuckGroup group = report.groups().getFirst();
            assertThat(group.stack().getFirst().getMethodName()).isEqualTo("park");
            assertThat(group.firstOwnFrame())
                    .hasValueSatisfying(
                            frame -> assertThat(frame.getMethodName()).isEqualTo("stuck"));
            assertThat(new LeakedThreadsError(report).getMessage().lines().skip(2))
                    .first()
                    .asString()
                    .matches("      in .*LeakCheckTest\\.stuck\\(LeakCheckTest\\.java:[0-9]+\\)");
            ThreadProfile profile = ThreadProfile.of(ThreadSource.of(threads));
            assertThat(ProfileText.groups(profile).lines().skip(2))
                    .first()
                    .asString()
                    .startsWith("#\tin org.leaklab.detect.LeakCheckTest.stuck\torg/leaklab/detect/LeakCheckTest.java:");
            assertThat(ProfileText.threads(profile).lines().skip(1))
                    .first()
                    .asString()
                    .matches("\tin .*LeakCheckTest\\.stuck\\(LeakCheckTest\\.java:[0-9]+\\)");
        }
    }

    @Test
    void aStackOfTheJdkAloneHasNoFrameOfTheProgram() {
        StackTraceElement park = new StackTraceElement(null, "java.base", "25", "java.util.X", "park", null, 1);
        StackTraceElement dumped = new StackTraceElement("sun.misc.Unsafe", "park", null, -2);
        StackTraceElement own = new StackTraceElement("app", null, null, "java.shop.Cart", "buy", null, 7);
        StackTraceElement ofAModule = new StackTraceElement("app", "java_shop", null, "java.shop.Cart", "buy", null, 7);
        assertThat(Frames.firstOwn(List.of(park, dumped, own))).isEmpty(); // no program can have a package java.shop
        assertThat(Frames.firstOwn(List.of(park, ofAModule, own))).contains(ofAModule);
    }

    @Test
    void theReportIsSerializedWithTheError() throws Exception {
        try (Launcher threads = Launcher.of(ThreadKind.PLATFORM)) {
            leak(threads, "leak");
            LeakedThreadsError error = new LeakedThreadsError(
                    LeakCheck.of(ThreadSource.of(threads)).retry(1, BRIEF).find());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(error);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(((LeakedThreadsError) in.readObject()).report()).isEqualTo(error.report());
            }
        }
    }
}
