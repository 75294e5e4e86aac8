package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Channel;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.live.LaunchHook;
import org.leaklab.core.live.Launchers;
import org.leaklab.detect.probe.LetGo;
import org.leaklab.detect.probe.Unseen;

/** Plants leaks under probes that others disturb: more probes, more detectors, hooks, and what a probe cannot see. */
class ReachabilityTogetherTest {

    private static final int LEAKS = 5;

    private final Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
    private final Reachability reachability = Reachability.of(threads);

    @AfterEach
    void free() {
        reachability.close();
        threads.close();
    }

    private void leak(int count) {
        for (int i = 0; i < count; i++) {
            Channel<Integer> lost = Channel.unbuffered();
            threads.start("leak", () -> lost.send(1));
        }
        until(() -> threads.live().stream()
                .filter(launched -> launched.name().equals("leak"))
                .allMatch(launched -> launched.thread().getState() == Thread.State.WAITING));
    }

    private static int found(Reachability reachability) throws InterruptedException {
        Finding finding = reachability.probe();
        assertThat(finding.sound()).isTrue();
        return finding.leaked().count();
    }

    @Test
    void theDetectorsOfOneLauncherFindTheSame() throws InterruptedException {
        try (Reachability other = Reachability.of(threads)) {
            leak(LEAKS);
            assertThat(found(reachability)).isEqualTo(LEAKS);
            assertThat(found(other)).isEqualTo(LEAKS);
            leak(1);
            assertThat(found(other)).isEqualTo(LEAKS + 1);
            assertThat(found(reachability)).isEqualTo(LEAKS + 1);
            assertThat(other.reap(PATIENCE)).isEmpty();
            assertThat(found(reachability)).isZero();
        }
    }

    @Test
    void probesAtTheSameTimeBesideHooksAndLaunchersFindTheSame() throws Exception {
        leak(LEAKS);
        AtomicBoolean over = new AtomicBoolean();
        try (Reachability other = Reachability.of(threads);
                ExecutorService probers = Executors.newFixedThreadPool(5)) {
            Future<?> hooks = probers.submit(() -> {
                while (!over.get()) {
                    Launchers.attachToAll(new LaunchHook() {});
                    Launcher brief = Launcher.of(ThreadKind.VIRTUAL);
                    try (brief) {
                        brief.start("brief", () -> {});
                    }
                    LockSupport.parkNanos(1_000_000);
                }
            });
            List<Future<?>> probes = new ArrayList<>();
            for (Reachability each : List.of(reachability, reachability, other, other)) {
                probes.add(probers.submit((Callable<?>) () -> {
                    for (int i = 0; i < 5; i++) {
                        assertThat(found(each)).isEqualTo(LEAKS);
                    }
                    return null;
                }));
            }
            for (Future<?> probe : probes) {
                probe.get(12 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            over.set(true);
            hooks.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            over.set(true);
        }
        assertThat(threads.liveCount()).isEqualTo(LEAKS);
    }

    @Test
    void aFoundThreadThatGoesOnIsJudgedAnew() throws InterruptedException {
        Channel<Integer> held = Channel.unbuffered();
        threads.start("goes on", () -> {
            try {
                Channel.nil().receive();
            } catch (InterruptedException e) {
                held.receive();
            }
        });
        until(() -> threads.live().getFirst().thread().getState() == Thread.State.WAITING);
        assertThat(found(reachability)).isEqualTo(1);
        threads.live().getFirst().thread().interrupt();
        until(() -> held.waitingReceivers() == 1);

        assertThat(found(reachability)).isZero();

        held.send(1); // and here the test still holds it
        assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
    }

    /** What a leaked thread holds is let go of with it, in later probes too. */
    @Test
    void whatAFoundThreadHoldsIsFound() throws InterruptedException {
        CountDownLatch wait = holdAndWait();
        assertThat(found(reachability)).isEqualTo(1);
        wait.countDown();
        until(() ->
                threads.live().stream().allMatch(launched -> launched.thread().getState() == Thread.State.WAITING));

        assertThat(found(reachability)).isEqualTo(2);
    }

    private CountDownLatch holdAndWait() {
        Channel<Integer> own = Channel.unbuffered();
        CountDownLatch wait = new CountDownLatch(1);
        threads.start("holds it", () -> {
            Channel.nil().receive();
            own.close();
        });
        threads.start("waits for it", () -> {
            while (wait.getCount() > 0) {
                Thread.sleep(1);
            }
            own.receive();
        });
        until(() -> threads.live().getFirst().thread().getState() == Thread.State.WAITING);
        return wait;
    }

    @Test
    void aPredicateThatThrowsLeavesEverythingAsItWas() throws InterruptedException {
        leak(LEAKS);
        int[] asked = {0};
        assertThatThrownBy(() -> LetGo.of(
                        threads,
                        launched -> {
                            if (++asked[0] == 3) {
                                throw new IllegalArgumentException("planted");
                            }
                            return true;
                        },
                        true))
                .hasMessage("planted");
        assertThat(threads.live()).hasSize(LEAKS);
        assertThat(found(reachability)).isEqualTo(LEAKS);
    }

    @Test
    void theThreadThatAProbeLeaksOnPurposeIsNoneOfTheProgram() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread looking = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                for (ThreadSource.Watched watched : ThreadSource.jvm().threads()) {
                    if (watched.launched() != null && watched.launched().name().equals("canary")) {
                        seen.add(watched.launched().name());
                    }
                }
            }
        });
        try {
            for (int i = 0; i < 3; i++) {
                reachability.probe();
            }
        } finally {
            over.set(true);
            looking.join();
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void aProbeSaysWhatItCouldNotLookAt() throws InterruptedException {
        assertThat(JvmThreads.seesVirtual()).as("the build opens the package").isTrue();
        CountDownLatch end = new CountDownLatch(1);
        Launcher another = Launcher.of(ThreadKind.VIRTUAL);
        try (another) {
            List<Thread> plain = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                another.start("of another launcher", end::await);
                plain.add(Thread.startVirtualThread(() -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            List<String> notes = reachability.probe().notes();
            end.countDown();
            for (Thread thread : plain) {
                thread.join();
            }
            assertThat(notes)
                    .anyMatch(note -> note.matches("[0-9]+ virtual threads were started by another launcher.*"))
                    .anyMatch(note -> note.matches("[0-9]+ virtual threads were not started by a launcher.*"));
        }
    }

    @Test
    void whatIsPinnedIsUnknown() throws InterruptedException {
        Launched pinned = threads.start("pinned", Initialized::touch);
        until(() -> pinned.thread().getState() == Thread.State.WAITING);
        Finding finding = reachability.probe();
        Initialized.END.countDown();
        assertThat(finding.leaked().count()).isZero();
        assertThat(finding.unknown()).containsEntry(Unseen.PINNED, 1);
        assertThat(finding.alive()).isZero();
    }

    /** A thread that waits in a class initializer keeps its carrier, on every JDK. */
    private static final class Initialized {
        static final CountDownLatch END = new CountDownLatch(1);

        static void touch() {
            assertThat(Waiting.DONE).isTrue();
        }

        private static final class Waiting {
            static final boolean DONE;

            static {
                boolean done = false;
                while (!done) {
                    try {
                        END.await();
                        done = true;
                    } catch (InterruptedException e) {
                        // until the test ends it
                    }
                }
                DONE = done;
            }
        }
    }
}
