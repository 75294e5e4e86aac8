package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThread;
import org.leaklab.core.live.LiveThreads;
import org.leaklab.core.live.StandIn;

/** Who looks while a probe is under way is told, whether it is one of this JVM or of another process. */
class ProbeWatchTest {

    private static final ThreadSource JVM = ThreadSource.jvm();

    @Test
    void aProbeIsSeenByWhoBeganBeforeItAndByWhoBeganMeanwhile() throws InterruptedException {
        ProbeWatch before = ProbeWatch.begin();
        assertThat(before.sawProbe()).isFalse();
        ProbeWatch meanwhile = ProbeWatch.during(() -> {
            assertThat(before.sawProbe()).isTrue();
            assertThat(ProbeWatch.awaitNone(Duration.ofMillis(1))).isFalse();
            assertThat(Health.of(JVM).unseen()).contains(ProbeWatch.SENTENCE);
            assertThat(Deadlock.report(JVM).notes()).contains(ProbeWatch.SENTENCE);
            return ProbeWatch.begin();
        });
        assertThat(before.sawProbe()).as("it has ended since").isTrue();
        assertThat(meanwhile.sawProbe()).as("it has ended since").isTrue();
        assertThat(ProbeWatch.begin().sawProbe()).isFalse();
        assertThat(ProbeWatch.awaitNone(Duration.ZERO)).isTrue();
        assertThat(Health.of(JVM).unseen()).doesNotContain(ProbeWatch.SENTENCE);
    }

    /** Keeps a thread out of the list of its launcher, as a probe does. */
    private static final class Hides extends StandIn {

        private final long threadId;

        Hides(LiveThread thread) {
            this.threadId = thread.threadId();
        }

        @Override
        public long threadId() {
            return threadId;
        }

        @Override
        protected @Nullable LiveThread listed() {
            return null;
        }

        @Override
        protected void threadEnded() {}
    }

    /** Takes a look while a probe hides a thread. The probe ends when the look waits for something. */
    private static <T> T during(Launcher threads, Launched hidden, Callable<T> look) throws Exception {
        LiveThread thread = (LiveThread) hidden;
        LiveThreads live = Launchers.of(threads);
        Thread looks = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(1);
        try (Launcher probes = Launcher.of(ThreadKind.PLATFORM)) {
            Launched probe = probes.start(
                    "probe",
                    () -> ProbeWatch.during(() -> {
                        StandIn hides = new Hides(thread);
                        live.replace(thread, hides);
                        begun.countDown();
                        until(() -> looks.getState() == Thread.State.TIMED_WAITING);
                        live.putBack(hides, thread);
                        return hides;
                    }));
            begun.await();
            T seen = look.call();
            assertThat(probe.join(PATIENCE)).isTrue();
            return seen;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAProbeHidesIsMissedByNoCheck(ThreadKind kind) throws Exception {
        try (Launcher threads = Launcher.of(kind)) {
            ThreadSource source = ThreadSource.of(threads);
            Launched leak = threads.start("leak", () -> Channel.nil().receive());
            int found = during(
                    threads,
                    leak,
                    () -> LeakCheck.of(source)
                            .retry(1, Duration.ofMillis(1))
                            .find()
                            .count());
            assertThat(found).isEqualTo(1);
            LeakCheck check = during(
                    threads, leak, () -> LeakCheck.of(source).ignoreCurrent().retry(1, Duration.ofMillis(1)));
            assertThat(check.find().count()).as("it lived before").isZero();
            int more = during(
                    threads,
                    leak,
                    () -> ThreadCount.during(source, () -> {
                                until(() -> !ProbeWatch.begin().sawProbe());
                                return 1;
                            })
                            .more()
                            .all());
            assertThat(more).as("it lived before").isZero();
        }
    }

    /** Whether the thread of an alarm has taken a sample, and waits for the next one. */
    private static boolean anAlarmRests() {
        return JvmThreads.platform().stream()
                .anyMatch(thread -> thread.getName().equals("leaklab count alarm")
                        && thread.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void aCountDuringAProbeIsNoSample() throws ReflectiveOperationException {
        Queue<String> alarms = new ConcurrentLinkedQueue<>();
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
                OutsideProbe probe = OutsideProbe.begin()) {
            threads.start("leak", () -> Channel.nil().receive());
            try (CountAlarm alarm =
                    CountAlarm.start(ThreadSource.of(threads), Duration.ofMillis(1), 0, 100, alarms::add)) {
                until(ProbeWatchTest::anAlarmRests);
                assertThat(alarm.last()).isNull();
                assertThat(alarms).isEmpty();
                probe.close();
                until(() -> !alarms.isEmpty());
                assertThat(alarm.last()).isNotNull();
            }
        }
    }

    @Test
    void aDetectorOfReachabilityRunsProbes() throws InterruptedException {
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
                Reachability reachability = Reachability.of(threads)) {
            ProbeWatch watch = ProbeWatch.begin();
            assertThat(watch.sawProbe()).isFalse();
            reachability.probe();
            assertThat(watch.sawProbe()).isTrue();
        }
    }

    @Test
    void aProbeOfAnotherProcessIsSeen() throws ReflectiveOperationException {
        ProbeWatch before = ProbeWatch.begin();
        try (OutsideProbe probe = OutsideProbe.begin()) {
            assertThat(ProbeWatch.begin().sawProbe()).isTrue();
        }
        assertThat(before.sawProbe()).as("it has ended since").isTrue();
        assertThat(ProbeWatch.begin().sawProbe()).isFalse();
    }

    /** In a JVM that does not show what the agent notes. */
    @Test
    void aProbeOfAnotherProcessIsKnownByItsThreadsToo() throws Exception {
        assertThat(OtherJvm.run(List.of(), NamedAsAProbe.class)).contains("false, true, false");
    }
}
