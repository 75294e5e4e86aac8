package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.Reason;
import org.leaklab.heapdump.Findings.SuspectThread;
import org.leaklab.heapdump.Standing;
import org.leaklab.heapdump.locks.SeenThread;
import org.leaklab.heapdump.locks.SeenThreads;
import org.leaklab.heapdump.locks.SeenWait;
import org.leaklab.heapdump.testing.ChildJvm;

class VirtualDeadlocksTest {

    private static final int JDK = Runtime.version().feature();

    private static SeenThread waits(long id, long owner, String method) {
        return waits(id, owner, method, false);
    }

    private static SeenThread waits(long id, long owner, String method, boolean interruptible) {
        return new SeenThread(
                id,
                "thread " + id,
                true,
                Thread.State.WAITING,
                0,
                new SeenWait.Owned("lock " + owner, owner, interruptible, false),
                List.of(new StackTraceElement("Program", method, "Program.java", 1)));
    }

    private static SeenThreads dump(SeenThread... threads) {
        return new SeenThreads(List.of(threads), false, List.of());
    }

    private static List<Long> inBoth(SeenThreads first, SeenThreads second) {
        return VirtualDeadlocks.inBoth(first, second).stream()
                .map(SuspectThread::id)
                .toList();
    }

    @Test
    void findsACircleAndWhoWaitsBehindIt() {
        SeenThreads dump = dump(waits(1, 2, "a"), waits(2, 1, "b"), waits(3, 1, "c"), waits(4, 9, "d"));
        assertThat(inBoth(dump, dump)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whoHasMovedInTheSecondDumpIsInNoDeadlockNorIsWhoWaitsForIt() {
        SeenThreads first = dump(waits(1, 2, "a"), waits(2, 1, "b"), waits(3, 1, "c"));
        assertThat(inBoth(first, dump(waits(1, 2, "a"), waits(2, 1, "elsewhere"), waits(3, 1, "c"))))
                .isEmpty();
        assertThat(inBoth(first, dump(waits(1, 2, "a"), waits(2, 3, "b"), waits(3, 1, "c"))))
                .isEmpty();
        assertThat(inBoth(first, dump(waits(1, 2, "a"), waits(3, 1, "c")))).isEmpty();
    }

    /** The first can be interrupted, and so both that wait for it can go on; the circle beside it cannot be broken. */
    @Test
    void whatAnInterruptCanEndIsSaid() {
        SeenThreads dump =
                dump(waits(1, 2, "a", true), waits(2, 1, "b"), waits(3, 1, "c"), waits(4, 5, "d"), waits(5, 4, "e"));
        assertThat(VirtualDeadlocks.inBoth(dump, dump))
                .filteredOn(thread -> thread.because().contains("An interrupt can end this"))
                .extracting(SuspectThread::id)
                .containsExactly(1L, 2L, 3L);
    }

    /** The locks are in static fields, so the probe itself sees nothing, and a thread print has no virtual threads. */
    @Test
    void aProbeSuspectsADeadlockOfVirtualThreads() throws IOException {
        assumeThat(JDK).isGreaterThanOrEqualTo(26);
        try (ChildJvm target = deadlocked()) {
            Findings found = probe(target);
            assertThat(found.leaked()).isEmpty();
            assertThat(found.suspects())
                    .extracting(SuspectThread::name)
                    .containsExactlyInAnyOrder("has the monitor", "has the \"lock\"", "behind");
            assertThat(found.suspects())
                    .allMatch(thread -> thread.reason() == Reason.DEADLOCK)
                    .allMatch(thread -> thread.because().contains("no proof"));
            assertThat(found.unknown()).noneMatch(thread -> thread.virtual());
        }
    }

    @Test
    void itSaysWhereItCannotSeeThem() throws IOException {
        assumeThat(JDK).isLessThan(26);
        try (ChildJvm target = deadlocked()) {
            Findings found = probe(target);
            assertThat(found.suspects()).isEmpty();
            assertThat(found.notes()).anyMatch(note -> note.startsWith("Before JDK 26, deadlocks of virtual threads"));
        }
    }

    /** With a carrier for each of its three threads: up to JDK 23 who waits for a monitor keeps its carrier. */
    private static ChildJvm deadlocked() throws IOException {
        return ChildJvm.start(
                List.of("-XX:+EnableDynamicAgentLoading", "-Djdk.virtualThreadScheduler.parallelism=4"),
                Standing.class,
                "virtual");
    }

    private static Findings probe(ChildJvm target) throws IOException {
        LiveProbe probe = LiveProbe.attach(target.pid(), null);
        LiveReport report = probe.probe(ProbeOptions.DEFAULT);
        return report.findings(probe.locks(report));
    }
}
