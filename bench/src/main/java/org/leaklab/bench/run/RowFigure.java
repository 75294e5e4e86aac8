package org.leaklab.bench.run;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * The figure that a result is about, in a few words. Where the time of a benchmark is one that the benchmark itself
 * fixes, as two seconds of requests, it says nothing, and the figure is a secondary metric.
 */
final class RowFigure {

    private static final String ADDED = "added";
    private static final String DELAY = "delay.p50";
    private static final String RESPONSE = "p99";
    private static final String POPULATION = "population";

    private RowFigure() {}

    static String of(JsonNode result) {
        JsonNode secondary = result.path("secondaryMetrics");
        if (secondary.has(ADDED)) {
            return number("%+.1f", secondary.path(ADDED).path("score")) + " ns added";
        }
        if (secondary.has(DELAY)) {
            return metric(secondary.path(DELAY)) + " until reported";
        }
        if (secondary.has(RESPONSE)) {
            return metric(secondary.path(RESPONSE)) + " p99";
        }
        if (secondary.has(POPULATION)) {
            return bytes(result, secondary);
        }
        return metric(result.path("primaryMetric"));
    }

    /** What a thread takes of the memory that its kind takes most of. */
    private static String bytes(JsonNode result, JsonNode secondary) {
        boolean virtual = result.path("params").path("threads").asString("").equals("virtual");
        double bytes = secondary.path(virtual ? "heap" : "rss").path("score").asDouble(Double.NaN);
        double threads = secondary.path(POPULATION).path("score").asDouble(Double.NaN);
        return String.format(
                Locale.ROOT, "%,.0f B of %s a thread", bytes / threads, virtual ? "heap" : "resident memory");
    }

    private static String metric(JsonNode metric) {
        JsonNode score = metric.path("score");
        JsonNode error = metric.path("scoreError");
        double size = Math.abs(score.asDouble(0));
        String format = size == 0 || size >= 1000 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.01 ? "%.3f" : "%.1e";
        return number(format, score) + (error.isNumber() ? " ± " + number(format, error) : "") + " "
                + metric.path("scoreUnit").asString("");
    }

    /** JMH writes what is not finite as a word. */
    private static String number(String format, JsonNode node) {
        return node.isNumber() ? String.format(Locale.ROOT, format, node.asDouble()) : "?";
    }
}
