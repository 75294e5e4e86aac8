package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.live.LiveTargets.dying;
import static org.leaklab.live.LiveTargets.probe;
import static org.leaklab.live.LiveTargets.sets;
import static org.leaklab.live.LiveTargets.target;
import static org.leaklab.live.LiveTargets.until;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.leaklab.heapdump.testing.ChildJvm;

/** What happens in a program, or is asked of it, while its threads are out of their sets. */
class LiveMeanwhileTest {

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
            assertThat(sets(target)).isEqualTo("executor [executor-0, executor-1]; root []");
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
                    .hasMessageContaining("another probe is at work");
            first.get();
            assertThat(sets(target)).isEqualTo(before);
        }
    }
}
