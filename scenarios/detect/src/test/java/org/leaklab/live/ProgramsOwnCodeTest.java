package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.leaklab.heapdump.testing.ChildJvm;
import org.leaklab.testing.Eventually;

/** A probe and the code of a program that comes near to what it touches. */
class ProgramsOwnCodeTest {

    private static ChildJvm target(String... more) throws IOException {
        List<String> options = new ArrayList<>(JdkSets.OPTIONS);
        options.addAll(List.of("-Xmx128m", "-XX:+EnableDynamicAgentLoading"));
        options.addAll(List.of(more));
        return ChildJvm.start(options, OwnFactoryTarget.class);
    }

    private static LiveReport probe(ChildJvm target) throws IOException {
        return LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT);
    }

    /** The thread waits before its task, so its stack shows no task, as after it. */
    @Test
    void anExecutorWhoseFactoryWaitsDoesNotEndBeforeItsTask() throws IOException {
        try (ChildJvm target = target()) {
            for (int i = 0; i < 3; i++) {
                probe(target);
                assertThat(target.ask("terminated")).isEqualTo("false 0");
            }
            target.ask("permit");
            Eventually.until(() -> {
                try {
                    return target.ask("terminated").equals("true 1");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    @Test
    void whoTakesAnObjectOfTheProbeCanLookIntoNothing() throws IOException {
        try (ChildJvm target = target()) {
            for (int i = 0; i < 100 && !target.ask("taken").equals("true"); i++) {
                probe(target);
            }
            assertThat(target.ask("look into it")).isEqualTo("open:");
        }
    }

    /**
     * In a JVM that has not collected for a while, the second collection clears soft references that the first one
     * keeps. They say nothing of the threads.
     */
    @Test
    void aQuietJvmGivesProofs() throws IOException {
        try (ChildJvm target = target("-Xmx64m", "-XX:SoftRefLRUPolicyMSPerMB=20")) {
            long quiet = System.nanoTime() + 3_000_000_000L;
            Eventually.until(() -> System.nanoTime() - quiet > 0);
            LiveReport report = LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT);
            assertThat(report.cleared()).isEmpty();
        }
    }
}
