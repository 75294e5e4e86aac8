package org.leaklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Forks that are measured one by one give what JMH writes when it runs them all itself: forks.json is JMH's own. */
class MergedForksTest {

    static Stream<JsonNode> written() throws IOException {
        try (InputStream in = Objects.requireNonNull(MergedForksTest.class.getResourceAsStream("forks.json"))) {
            return ResultFiles.MAPPER.readTree(in).valueStream().toList().stream();
        }
    }

    /** The result as if each fork had been a run of its own, with scores that must not survive. */
    private static List<JsonNode> apart(JsonNode written) {
        List<JsonNode> forks = new ArrayList<>();
        for (int i = 0; i < written.path("forks").asInt(); i++) {
            ObjectNode fork = (ObjectNode) written.deepCopy();
            fork.put("forks", 1);
            keepOnly(fork.path("primaryMetric"), i);
            for (JsonNode metric : fork.path("secondaryMetrics")) {
                keepOnly(metric, i);
            }
            forks.add(fork);
        }
        return forks;
    }

    private static void keepOnly(JsonNode metric, int fork) {
        ObjectNode node = (ObjectNode) metric;
        ArrayNode raw =
                ResultFiles.MAPPER.createArrayNode().add(node.path("rawData").path(fork));
        node.set("rawData", raw);
        node.put("score", -1.0).put("scoreError", "NaN");
        node.putArray("scoreConfidence").add("NaN").add("NaN");
    }

    @ParameterizedTest
    @MethodSource("written")
    void mergesToWhatJmhWrites(JsonNode written) {
        List<JsonNode> forks = apart(written);
        assertThat(forks).hasSizeGreaterThan(1);
        assertSame(MergedForks.of(forks), written, written.path("benchmark").asString());
    }

    /** Sums of numbers may differ in the last digit. */
    private static void assertSame(JsonNode merged, JsonNode written, String where) {
        if (written.isNumber()) {
            assertThat(merged.asDouble())
                    .as(where)
                    .isCloseTo(written.asDouble(), within(Math.abs(written.asDouble()) * 1e-12));
        } else if (written.isObject()) {
            assertThat(merged.propertyNames()).as(where).containsExactlyInAnyOrderElementsOf(written.propertyNames());
            written.properties()
                    .forEach(entry ->
                            assertSame(merged.path(entry.getKey()), entry.getValue(), where + "/" + entry.getKey()));
        } else if (written.isArray()) {
            assertThat(merged.size()).as(where).isEqualTo(written.size());
            for (int i = 0; i < written.size(); i++) {
                assertSame(merged.get(i), written.get(i), where + "/" + i);
            }
        } else {
            assertThat(merged).as(where).isEqualTo(written);
        }
    }

    @Test
    void theOrderOfForksDoesNotChangeTheScore() throws IOException {
        JsonNode written = written().findFirst().orElseThrow();
        JsonNode reversed = MergedForks.of(apart(written).reversed());
        assertThat(reversed.path("primaryMetric").path("score").asDouble())
                .isCloseTo(written.path("primaryMetric").path("score").asDouble(), within(1e-9));
    }

    @Test
    void aSingleIterationHasNoInterval() throws IOException {
        JsonNode written = written().findFirst().orElseThrow();
        ObjectNode one = (ObjectNode) apart(written).getFirst();
        ((ObjectNode) one.path("primaryMetric")).putArray("rawData").addArray().add(5.0);
        JsonNode metric = MergedForks.of(List.of(one)).path("primaryMetric");
        assertThat(metric.path("score").asDouble()).isEqualTo(5);
        assertThat(metric.path("scoreError").asString()).isEqualTo("NaN");
    }

    /** A profiler may have nothing to say of a fork: one that collected no garbage, say. */
    @Test
    void keepsWhatOnlyALaterForkHas() throws IOException {
        List<JsonNode> forks = apart(written().findFirst().orElseThrow());
        ObjectNode metric = (ObjectNode) forks.getLast().path("primaryMetric").deepCopy();
        metric.putArray("rawData").addArray().add(3.0).add(5.0);
        ((ObjectNode) forks.getLast()).putObject("secondaryMetrics").set("gc.time", metric);
        JsonNode merged = MergedForks.of(forks).path("secondaryMetrics").path("gc.time");
        assertThat(merged.path("score").asDouble()).isEqualTo(4);
        assertThat(merged.path("rawData").size()).isEqualTo(1);
    }

    @Test
    void refusesWhatHasNoRawValues() throws IOException {
        ObjectNode sampled = (ObjectNode) written().findFirst().orElseThrow();
        ((ObjectNode) sampled.path("primaryMetric")).remove("rawData");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MergedForks.of(List.of(sampled)))
                .withMessageContaining("without raw values");
    }

    @Test
    void latenciesStayForkByFork() {
        List<JsonNode> forks = new ArrayList<>();
        for (String latencies : List.of("one", "two")) {
            ObjectNode fork = ResultFiles.MAPPER.createObjectNode();
            fork.putObject("primaryMetric").putArray("rawData").addArray().add(1);
            fork.putArray(JmhMeasurement.LATENCIES).add(latencies);
            forks.add(fork);
        }
        assertThat(MergedForks.of(forks).path("latencies").valueStream().map(JsonNode::asString))
                .containsExactly("one", "two");
        forks.forEach(fork -> ((ObjectNode) fork).remove("latencies"));
        assertThat(MergedForks.of(forks).has("latencies")).isFalse();
    }
}
