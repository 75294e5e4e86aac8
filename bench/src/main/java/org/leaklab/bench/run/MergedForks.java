package org.leaklab.bench.run;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.MultisetStatistics;
import org.openjdk.jmh.util.Statistics;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes one result of the results of single forks, as JMH would have written it had it run all of them itself: the mean
 * of all iterations of all forks, its 99.9 % interval, percentiles, and the raw values fork by fork. That holds for the
 * metrics that average over iterations, which are all that leaklab's benchmarks have, and for sampled times. Of a
 * metric that JMH sums over iterations, as a count of collections, the raw values are right, and the score is their
 * mean.
 */
public final class MergedForks {

    /** JMH's, for {@code scoreError} and {@code scoreConfidence}. */
    private static final double CONFIDENCE = 0.999;

    /** What JMH writes in place of raw values where it sampled. */
    private static final String HISTOGRAM = "rawDataHistogram";

    private MergedForks() {}

    /**
     * Merges results of one row.
     *
     * @param forks a result a fork, in order; at least one
     * @throws IllegalArgumentException if a result has no raw values
     */
    public static JsonNode of(List<JsonNode> forks) {
        ObjectNode merged = (ObjectNode) forks.getFirst().deepCopy();
        merged.put("forks", forks.size());
        merged.set(
                "primaryMetric",
                metric(forks.stream().map(fork -> fork.path("primaryMetric")).toList()));
        Set<String> names = new TreeSet<>();
        forks.forEach(fork -> names.addAll(fork.path("secondaryMetrics").propertyNames()));
        ObjectNode secondary = merged.putObject("secondaryMetrics");
        for (String name : names) {
            secondary.set(
                    name,
                    metric(forks.stream()
                            .map(fork -> fork.path("secondaryMetrics").path(name))
                            .filter(JsonNode::isObject)
                            .toList()));
        }
        if (forks.stream().anyMatch(fork -> fork.has(JmhMeasurement.LATENCIES))) {
            ArrayNode latencies = merged.putArray(JmhMeasurement.LATENCIES);
            forks.forEach(fork -> fork.path(JmhMeasurement.LATENCIES).forEach(latencies::add));
        }
        return merged;
    }

    private static ObjectNode metric(List<JsonNode> forks) {
        boolean sampled = forks.getFirst().has(HISTOGRAM);
        String name = sampled ? HISTOGRAM : "rawData";
        ArrayNode raw = ResultFiles.MAPPER.createArrayNode();
        for (JsonNode fork : forks) {
            if (!fork.path(name).isArray()) {
                throw new IllegalArgumentException("a result without raw values cannot be merged with others");
            }
            fork.path(name).forEach(raw::add);
        }
        ObjectNode merged = (ObjectNode) forks.getFirst().deepCopy();
        Statistics values = sampled ? samples(raw) : iterations(raw);
        put(merged, "score", values.getMean());
        put(merged, "scoreError", values.getMeanErrorAt(CONFIDENCE));
        ArrayNode interval = merged.putArray("scoreConfidence");
        for (double end : values.getConfidenceIntervalAt(CONFIDENCE)) {
            add(interval, end);
        }
        percentiles(merged, values);
        merged.set(name, raw);
        return merged;
    }

    private static Statistics iterations(ArrayNode forks) {
        ListStatistics values = new ListStatistics();
        forks.forEach(fork -> fork.forEach(value -> values.addValue(value.asDouble(Double.NaN))));
        return values;
    }

    /** In the mode {@code sample} an iteration is a list of pairs: a time, and how often it was seen. */
    private static Statistics samples(ArrayNode forks) {
        MultisetStatistics values = new MultisetStatistics();
        forks.forEach(fork -> fork.forEach(iteration -> iteration.forEach(sample -> values.addValue(
                sample.path(0).asDouble(Double.NaN), sample.path(1).asLong(0)))));
        return values;
    }

    private static void percentiles(ObjectNode merged, Statistics values) {
        ObjectNode percentiles = ResultFiles.MAPPER.createObjectNode();
        merged.path("scorePercentiles")
                .propertyNames()
                .forEach(name -> put(percentiles, name, values.getPercentile(Double.parseDouble(name))));
        merged.set("scorePercentiles", percentiles);
    }

    /** JMH writes what is no number as a word. */
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.put(name, "NaN");
        } else {
            node.put(name, value);
        }
    }

    private static void add(ArrayNode node, double value) {
        if (Double.isNaN(value)) {
            node.add("NaN");
        } else {
            node.add(value);
        }
    }
}
