package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.live.LiveTargets.INTERRUPTIBLE;
import static org.leaklab.live.LiveTargets.leakedOfRoot;
import static org.leaklab.live.LiveTargets.probe;
import static org.leaklab.live.LiveTargets.sets;
import static org.leaklab.live.LiveTargets.target;
import static org.leaklab.live.LiveTargets.until;
import static org.leaklab.live.LiveTargets.verdicts;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.testing.ChildJvm;

/** What a probe must not call leaked. */
class LiveNeverFalseTest {

    /** One collection alone reports it: this test could fail. */
    @Test
    void whatAFinalizerSavesIsNotLeaked() throws IOException {
        try (ChildJvm target = target(List.of(), "finalizer", "root")) {
            sets(target);
            assertThat(verdicts(probe(target))).isEqualTo(leakedOfRoot());
            until(target, "finalized", "1");
        }
        try (ChildJvm target = target(List.of(), "finalizer")) {
            sets(target);
            LiveReport report = LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT.onlyFast());
            assertThat(verdicts(report)).isEqualTo(Map.of("saved", INTERRUPTIBLE));
        }
    }

    /** That something alive held a reference is seen when it is cleared; to what, nothing tells. */
    @Test
    void nothingIsProvenWhereAWeakReferenceIsCleared() throws IOException {
        try (ChildJvm target = target(List.of(), "weak", "root")) {
            sets(target);
            LiveReport report = probe(target);
            assertThat(report.cleared()).isEqualTo(Map.of("java.util.WeakHashMap$Entry", 1L));
            assertThat(report.leaked()).hasSize(21).noneMatch(report::isProven);
            Findings findings = report.findings();
            assertThat(findings.leaked()).isEmpty();
            assertThat(findings.suspects()).hasSize(21).allSatisfy(suspect -> {
                assertThat(suspect.reason()).isEqualTo(Findings.Reason.ISLAND);
                assertThat(suspect.because()).contains("1 weak or soft reference that");
            });

            // the reference is gone for good, so nobody may say so with more right
            LiveReport later = probe(target);
            assertThat(later.cleared()).isEmpty();
            assertThat(later.leaked()).hasSize(21).noneMatch(later::isProven);
            assertThat(later.findings().leaked()).isEmpty();
        }
    }

    /**
     * Fails if the look at each find is left out: if {@code Candidate.waits} says true. In a thorough probe the second
     * collection would find out.
     */
    @Test
    void whoIsWokenBetweenTheCollectionAndTheLookIsNotLeaked() throws IOException {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "woken", "root")) {
            sets(target);
            LiveReport report = LiveProbe.attach(target.pid(), null)
                    .probe(ProbeOptions.DEFAULT.onlyFast(), "pause after finalizers");
            assertThat(report.sets().get("root").armed()).isEqualTo(62);
            assertThat(report.leaked())
                    .extracting(LiveReport.Leaked::name)
                    .hasSize(20)
                    .doesNotContain("ends", "goes on");
        }
    }
}
