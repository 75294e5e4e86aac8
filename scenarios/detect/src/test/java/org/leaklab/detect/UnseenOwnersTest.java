package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.leaklab.testing.Eventually.until;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/** Threads wait for what a thread holds that a look for deadlocks does not have: that is no proof, and it is said. */
class UnseenOwnersTest {

    private static void await(Launcher threads, Thread.State state) {
        until(() ->
                threads.live().stream().allMatch(launched -> launched.thread().getState() == state));
    }

    /** In JVMs of their own: nothing ends these threads. */
    @Test
    void halfOfACircleIsCounted() throws Exception {
        List<String> owners = OtherJvm.words(Deadlock.OPEN);
        String unseen = "up true, unseen [cannot see the virtual threads that hold what 1 thread waits for: run the JVM"
                + " with " + JvmThreads.OPEN + "]";
        assertThat(OtherJvm.run(owners, HalfSeenCircle.class)).contains(unseen);
        String withoutOptions = Runtime.version().feature() >= 26
                ? unseen
                : "up true, unseen [cannot see who holds the locks of java.util.concurrent that 1 thread waits for: run"
                        + " the JVM with " + Deadlock.OPEN + "]";
        assertThat(OtherJvm.run(List.of(), HalfSeenCircle.class)).contains(withoutOptions);
        List<String> all = new ArrayList<>(owners);
        all.addAll(OtherJvm.words(JvmThreads.OPEN));
        assertThat(OtherJvm.run(all, HalfSeenCircle.class)).contains("up false, unseen []");
    }

    /** A thread dump does not show a thread that a detector of reachability made collectable. */
    @Test
    void whoWaitsForAMonitorOfAThreadThatNoDumpShowsIsCounted() {
        assumeTrue(Runtime.version().feature() >= 26, "no thread dump is taken");
        Object monitor = new Object();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Launcher virtual = Launcher.of(ThreadKind.VIRTUAL);
        Launcher platform = Launcher.of(ThreadKind.PLATFORM);
        try (Reachability reachability = Reachability.of(virtual);
                platform;
                virtual) {
            virtual.start("holder", () -> {
                synchronized (monitor) {
                    held.countDown();
                    go.await();
                }
            });
            until(() -> held.getCount() == 0);
            platform.start("waits", () -> {
                synchronized (monitor) {
                    assertThat(Thread.holdsLock(monitor)).isTrue();
                }
            });
            await(platform, Thread.State.BLOCKED);
            await(virtual, Thread.State.WAITING);
            List<String> notes = Deadlock.report(ThreadSource.jvm()).notes();
            go.countDown();
            assertThat(notes)
                    .contains("cannot see who holds the monitors that 1 thread waits for: threads of a launcher with a"
                            + " reachability detector are not in thread dumps; leaklab's command detect "
                            + ProcessHandle.current().pid() + " can tell, from outside");
        }
    }
}
