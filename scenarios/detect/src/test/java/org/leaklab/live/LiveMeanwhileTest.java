package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.leaklab.live.LiveTargets.dying;
import static org.leaklab.live.LiveTargets.probe;
import static org.leaklab.live.LiveTargets.sets;
import static org.leaklab.live.LiveTargets.target;
import static org.leaklab.live.LiveTargets.until;
import static org.leaklab.live.LiveTargets.verdicts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.detect.ProbeWatch;
import org.leaklab.heapdump.Analysis;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.HeapDump;
import org.leaklab.heapdump.RunningJvm;
import org.leaklab.heapdump.testing.ChildJvm;

/** What happens in a program, or is asked of it, while its threads are out of their sets, and right after. */
class LiveMeanwhileTest {

    @TempDir
    private Path directory;

    /** The threads are out of the executor's set for as long as its watchdog waits. */
    @Test
    void whoInterruptsAllThreadsOfAnExecutorMeanwhileReachesAll() throws Exception {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "executor")) {
            sets(target);
            CompletableFuture<?> failing = dying(target);
            until(target, "sets", "executor [leaklab-live-guard]; root []");
            target.ask("shut down now");
            assertThat(target.ask("terminated")).isEqualTo("false");
            failing.get();
            until(target, "interrupted", "[executor-0, executor-1, executor-2, executor-3]");
            until(target, "terminated", "true");
        }
    }

    @Test
    void anExecutorWhoseThreadsEndMeanwhileTerminates() throws Exception {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "executor")) {
            sets(target);
            CompletableFuture<?> failing = dying(target);
            until(target, "sets", "executor [leaklab-live-guard]; root []");
            target.ask("wake");
            target.ask("shut down");
            failing.get();
            until(target, "sets", "executor [executor-0, executor-1]; root []");
            assertThat(target.ask("terminated")).isEqualTo("false");
            target.ask("shut down now");
            until(target, "terminated", "true");
        }
    }

    @Test
    void ofTwoProbesAtOnceOneIsRefused() throws Exception {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "root")) {
            String before = sets(target);
            CompletableFuture<?> first = dying(target);
            until(target, "sets", "executor []; root []");
            assertThatThrownBy(() -> probe(target))
                    .isInstanceOf(ProbeRefusedException.class)
                    .hasMessageContaining("another probe is at work")
                    .hasFieldOrPropertyWithValue("busy", true);
            first.get();
            assertThat(sets(target)).isEqualTo(before);
        }
    }

    /** The threads are out of their sets for as long as the watchdog waits: who lists them meanwhile misses them. */
    @Test
    void aLookOfTheProgramSaysThatAProbeIsUnderWay() throws Exception {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "root")) {
            sets(target);
            assertThat(target.ask("unseen")).isEqualTo("[]");
            CompletableFuture<?> failing = dying(target);
            until(target, "sets", "executor []; root []");
            assertThat(target.ask("unseen")).isEqualTo("[" + ProbeWatch.SENTENCE + "]");
            failing.get();
            until(target, "unseen", "[]");
        }
    }

    /**
     * The probe finds only what no platform thread reaches. What it has hung on the other threads is garbage
     * afterwards, but the JDK's finalizers hold it until it is collected.
     */
    @Test
    void aHeapDumpRightAfterAProbeFindsWhatItFindsWithoutOne() throws IOException {
        assumeTrue(Runtime.version().feature() > 21, "the dump has no virtual stacks");
        try (ChildJvm target = target(List.of(), "joined");
                RunningJvm jvm = RunningJvm.attach(target.pid(), directory)) {
            sets(target);
            assertThat(verdicts(probe(target))).isEmpty();
            jvm.dump();
            assertThat(HeapDump.analyse(jvm, Analysis.ofProcess(jvm), false, HeapDump.Progress.NONE)
                            .leaked())
                    .extracting(Findings.LeakedThread::name)
                    .containsExactlyInAnyOrder("joins", "joined");
        }
    }
}
