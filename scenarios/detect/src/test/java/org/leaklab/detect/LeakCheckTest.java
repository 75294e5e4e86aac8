package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
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
}
