package org.leaklab.ab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.compare.Compare;
import org.leaklab.compare.Comparison;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Both sides are written as JMH would have written them, and {@code compare} reads them. */
@Tag("once")
class SideFilesTest {

    @TempDir
    Path folder;

    private static ArrayNode fork(double score) {
        String sampled = """
                {"benchmark": "com.acme.Queue.time", "mode": "sample", "forks": 1, "primaryMetric": {"score": %s,
                 "scoreUnit": "ns/op", "scorePercentiles": {"50.0": 0}, "rawDataHistogram": [[[[%1$s, 3], [200.0, 1]]]]}}
                """.formatted(score);
        return (ArrayNode)
                JsonMapper.shared().readTree("[" + Scripted.result("com.acme.Queue.poll", score) + "," + sampled + "]");
    }

    @Test
    void compareReadsThem() throws Exception {
        Ruler.Reading still = new Ruler.Reading(1, 1, 1);
        SideFiles files = new SideFiles(folder);
        files.write(IntStream.rangeClosed(1, 6)
                .mapToObj(i -> new Pair(i, true, still, still, List.of(), 1, fork(100 + i), fork(110 + i)))
                .toList());
        List<JmhResult> base = ResultFile.read(files.base());
        assertThat(base).hasSize(2);
        assertThat(base.getFirst().primary().forks())
                .isEqualTo(IntStream.rangeClosed(1, 6)
                        .mapToObj(i -> List.of(100.0 + i))
                        .toList());
        assertThat(base.getFirst().primary().score()).isCloseTo(103.5, within(1e-9));
        assertThat(base.get(1).primary().forks()).hasSize(6);
        assertThat(base.get(1).primary().score()).isCloseTo((3 * 103.5 + 200) / 4, within(1e-9));
        Comparison comparison = Compare.usual(List.of()).files(List.of(files.base(), files.now()));
        assertThat(comparison.changes()).hasSize(2).allMatch(change -> !change.isBetter());
        assertThat(comparison.rows().getFirst().columns())
                .extracting(column -> column.n())
                .containsExactly(6, 6);
    }
}
