package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.heapdump.testing.ChildJvm;

/** Threads that start, wait, are woken, interrupted and end while a probe lets go of them. */
@Tag("once")
class LiveChurnTest {

    private static final Set<String> LEAKED = new TreeSet<>(Set.of(
            "leaked-0",
            "leaked-1",
            "leaked-2",
            "leaked-3",
            "leaked-4",
            "leaked-5",
            "leaked-6",
            "leaked-7",
            "leaked-8",
            "leaked-9"));

    @ParameterizedTest
    @ValueSource(strings = {"G1", "Serial", "Parallel"})
    void noneIsReportedOrLost(String collector) throws IOException {
        probe(collector, 15);
    }

    private static void probe(String collector, int probes) throws IOException {
        List<String> options = new ArrayList<>(JdkSets.OPTIONS);
        options.addAll(List.of("-XX:+Use" + collector + "GC", "-Xmx256m", "-XX:+EnableDynamicAgentLoading"));
        long armed = 0;
        long ended = 0;
        int missed = 0;
        int uncertain = 0;
        try (ChildJvm target = ChildJvm.start(options, Churn.class)) {
            for (int i = 0; i < probes; i++) {
                LiveReport report = LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT);
                Set<String> names =
                        report.leaked().stream().map(LiveReport.Leaked::name).collect(Collectors.toSet());
                assertThat(LEAKED).as("probe " + i).containsAll(names);
                assertThat(report.rounds()).allMatch(round -> round.late() == 0);
                armed += report.rounds().getFirst().armed();
                ended += report.sets().values().stream()
                        .mapToLong(LiveReport.SetCounts::ended)
                        .sum();
                missed += LEAKED.size() - names.size();
                uncertain += report.cleared().isEmpty() ? 0 : 1;
            }
            String all = target.ask("stop");
            System.out.println(collector + ": " + probes + " probes, " + armed + " armed, " + ended
                    + " ended meanwhile, " + missed + " missed, " + uncertain + " not certain, " + all);
            assertThat(all).startsWith("all ended of ");
            assertThat(target.ask("sets")).isEqualTo("root " + LEAKED);
            assertThat(missed).isLessThan(probes);
        }
    }

    /** {@code LiveChurnTest COLLECTOR PROBES}. */
    public static void main(String[] arguments) throws IOException {
        probe(arguments[0], Integer.parseInt(arguments[1]));
    }
}
