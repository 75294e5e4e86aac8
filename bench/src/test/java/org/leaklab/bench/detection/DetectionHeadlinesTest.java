package org.leaklab.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.leaklab.results.Headline;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;

/** Times of detectors from rows that were written by hand. */
class DetectionHeadlinesTest {

    private static JmhResult row(String benchmark, String mode, Map<String, String> params, String unit, double score) {
        JmhResult.Metric metric = new JmhResult.Metric(unit, score, 0, List.of(List.of(score - 1), List.of(score + 1)));
        return new JmhResult(
                "org.leaklab.bench.detection." + benchmark,
                params,
                mode,
                "25",
                List.of(),
                metric,
                Map.of("look.p50", metric));
    }

    private static List<Headline> of(JmhResult... rows) {
        return new DetectionHeadlines().of(List.of(rows));
    }

    @Test
    void aLookIsInMicroseconds() {
        assertThat(of(
                        row("DetectionPass.look", "avgt", Map.of("detector", "count", "stuck", "0"), "us/op", 5),
                        row("ReachabilityProbe.probe", "ss", Map.of("stuck", "10000"), "us/op", 7000)))
                .satisfiesExactly(
                        count -> {
                            assertThat(count.params())
                                    .containsEntry("detector", "count")
                                    .containsEntry("stuck", "0");
                            assertThat(count.value()).isEqualTo(5);
                            assertThat(count.forks()).containsExactly(4.0, 6.0);
                        },
                        probe -> {
                            assertThat(probe.params()).containsEntry("detector", "reachability");
                            assertThat(probe.value()).isEqualTo(7000);
                            assertThat(probe.unit()).isEqualTo("us");
                        });
    }

    @Test
    void aDelayIsWithoutTheWaitForALook() {
        assertThat(of(row("DetectionDelay.delays", "ss", Map.of("detector", "profile", "period", "500"), "us", 900)))
                .singleElement()
                .satisfies(delay -> {
                    assertThat(delay.value()).isEqualTo(900);
                    assertThat(delay.params()).containsEntry("period", "500 ms");
                });
    }

    @Test
    void singleShotsOfShortLooksAreLeftOut() {
        assertThat(of(row("DetectionPass.pass", "ss", Map.of("detector", "count", "stuck", "1000"), "ms/op", 0.02)))
                .isEmpty();
        assertThat(of(row(
                        "DetectionPass.pass", "ss", Map.of("detector", "reachability", "stuck", "1000"), "ms/op", 20)))
                .singleElement()
                .satisfies(probe -> assertThat(probe.value()).isEqualTo(20_000));
    }

    /** Go measures each look in a process of its own. */
    @Test
    void aLookOfGoIsASingleShot() {
        JmhResult look =
                row("DetectionPass.pass", "ss", Map.of("detector", "goroutineleak", "stuck", "1000"), "ms/op", 3);
        assertThat(of(look)).isEmpty();
        assertThat(of(look.on("go1.27.3"))).singleElement().satisfies(headline -> {
            assertThat(headline.params()).containsEntry("detector", "goroutineleak");
            assertThat(headline.value()).isEqualTo(3000);
            assertThat(headline.unit()).isEqualTo("us");
        });
    }

    @Test
    void olderResultsGiveTheProbeAlone() {
        assertThat(new DetectionHeadlines().of(ResultFile.read(Path.of("src/test/resources/older/25/detection.json"))))
                .isNotEmpty()
                .allSatisfy(headline -> assertThat(headline.params()).containsEntry("detector", "reachability"));
    }
}
