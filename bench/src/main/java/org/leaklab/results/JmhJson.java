package org.leaklab.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes results of the JSON that JMH writes, and of what kotlinx-benchmark writes in the same form. A field of another
 * type than JMH gives it is refused: a figure that was guessed is worse than none.
 *
 * <p>JMH writes what is not finite as the words {@code "NaN"}, {@code "+INF"} and {@code "-INF"}, leaves out
 * {@code params} where there are none, and has {@code rawDataHistogram} instead of {@code rawData} where it sampled.
 */
final class JmhJson {

    /** JMH before 1.33 wrote it before the names of profilers' metrics; some files have it in the wrong encoding. */
    private static final String DOT = "^\u00C2?\u00B7";

    private static final int SHOWN = 60;

    private final String file;
    private String place = "";

    /** @param file what an error calls it */
    JmhJson(String file) {
        this.file = file;
    }

    /**
     * The results.
     *
     * @throws IllegalArgumentException if it is not what JMH writes; the message says which file, where, and what is
     *     wrong
     */
    List<JmhResult> results(JsonNode root) {
        if (!root.isArray()) {
            throw wrong("is not a list of results, as JMH writes with -rf json");
        }
        List<JmhResult> results = new ArrayList<>();
        for (JsonNode node : root) {
            place = "result " + (results.size() + 1);
            if (!node.isObject()) {
                throw wrong("is not an object but " + shown(node));
            }
            String name = text(node, "benchmark", "");
            if (name.isEmpty()) {
                throw wrong("has no name of a benchmark");
            }
            place += " (" + name + ")";
            results.add(result(name, node));
        }
        return results;
    }

    private JmhResult result(String benchmark, JsonNode node) {
        Map<String, String> params = new LinkedHashMap<>();
        object(node, "params").properties().forEach(param -> params.put(param.getKey(), param(param)));
        List<String> jvmArgs = new ArrayList<>();
        list(node.path("jvmArgs"), "jvmArgs").forEach(argument -> jvmArgs.add(string(argument, "jvmArgs")));
        JsonNode primary = object(node, "primaryMetric");
        if (primary.isMissingNode()) {
            throw wrong("has no primaryMetric");
        }
        Map<String, JmhResult.Metric> secondary = new LinkedHashMap<>();
        object(node, "secondaryMetrics").properties().forEach(metric -> {
            String name = metric.getKey().replaceFirst(DOT, "");
            secondary.put(name, metric(name, metric.getValue()));
        });
        return new JmhResult(
                benchmark,
                params,
                text(node, "mode", "?"),
                text(node, "jdkVersion", "?"),
                jvmArgs,
                metric("primaryMetric", primary),
                secondary,
                new JmhResult.Run(
                        word(node, "threads"),
                        text(node, "vmName", "?"),
                        text(node, "vmVersion", "?"),
                        times(node, "measurement") + " after " + times(node, "warmup")),
                latencies(node.path("latencies")));
    }

    /** What {@code bench} adds to JMH's. */
    private Latencies latencies(JsonNode forks) {
        List<String> texts = new ArrayList<>();
        list(forks, "latencies").forEach(fork -> texts.add(string(fork, "latencies")));
        try {
            return Latencies.decoded(texts);
        } catch (DataFormatException | RuntimeException e) { // whatever the reader trips over
            throw wrong("has latencies that are no histograms");
        }
    }

    /** A number of iterations and the time of each. */
    private String times(JsonNode node, String which) {
        return word(node, which + "Iterations") + " x " + word(node, which + "Time");
    }

    private String param(Map.Entry<String, JsonNode> param) {
        if (!param.getValue().isValueNode()) {
            throw wrong("has in params." + param.getKey() + " no value but " + shown(param.getValue()));
        }
        return param.getValue().asString("");
    }

    private JmhResult.Metric metric(String name, JsonNode node) {
        if (!node.isObject()) {
            throw wrong("has in " + name + " no metric but " + shown(node));
        }
        if (node.path("score").isMissingNode()) {
            throw wrong("has no score in " + name);
        }
        JsonNode error = node.path("scoreError");
        return new JmhResult.Metric(
                text(node, "scoreUnit", "?"),
                number(name + ".score", node.path("score")),
                error.isMissingNode() || error.isNull() ? Double.NaN : number(name + ".scoreError", error),
                node.has("rawDataHistogram")
                        ? sampled(name + ".rawDataHistogram", node.path("rawDataHistogram"))
                        : raw(name + ".rawData", node.path("rawData")));
    }

    private List<List<Double>> raw(String where, JsonNode forks) {
        List<List<Double>> raw = new ArrayList<>();
        for (JsonNode fork : list(forks, where)) {
            List<Double> values = new ArrayList<>();
            for (JsonNode value : fork(fork, where)) {
                values.add(number(where, value));
            }
            raw.add(values);
        }
        return raw;
    }

    /** A fork is a list of iterations, an iteration one of pairs: a value, and how often it was seen. */
    private List<List<Double>> sampled(String where, JsonNode forks) {
        List<List<Double>> raw = new ArrayList<>();
        for (JsonNode fork : list(forks, where)) {
            List<Double> means = new ArrayList<>();
            for (JsonNode iteration : fork(fork, where)) {
                double sum = 0;
                double count = 0;
                for (JsonNode pair : list(iteration, where)) {
                    if (!pair.isArray() || pair.size() != 2) {
                        throw wrong("has in " + where + " no pair of a value and a count but " + shown(pair));
                    }
                    double times = number(where, pair.path(1));
                    if (!(times >= 0 && times < Double.POSITIVE_INFINITY)) {
                        throw wrong("has in " + where + " a count that is none: " + shown(pair.path(1)));
                    }
                    sum += times == 0 ? 0 : number(where, pair.path(0)) * times;
                    count += times;
                }
                if (count > 0) {
                    means.add(sum / count);
                }
            }
            raw.add(means);
        }
        return raw;
    }

    private JsonNode fork(JsonNode fork, String where) {
        if (!fork.isArray()) {
            throw wrong("has in " + where + " no list of forks, a list of iterations each, but " + shown(fork));
        }
        return fork;
    }

    /** A list, or nothing. */
    private JsonNode list(JsonNode node, String where) {
        if (!node.isArray() && !node.isMissingNode() && !node.isNull()) {
            throw wrong("has in " + where + " no list but " + shown(node));
        }
        return node;
    }

    /** An object, or nothing. */
    private JsonNode object(JsonNode node, String name) {
        JsonNode object = node.path(name);
        if (!object.isObject() && !object.isMissingNode() && !object.isNull()) {
            throw wrong("has in " + name + " no object but " + shown(object));
        }
        return object.isNull() ? object.path("") : object;
    }

    private String text(JsonNode node, String name, String otherwise) {
        JsonNode there = node.path(name);
        return there.isMissingNode() || there.isNull() ? otherwise : string(there, name);
    }

    private String string(JsonNode node, String where) {
        if (!node.isString()) {
            throw wrong("has in " + where + " no text but " + shown(node));
        }
        return node.asString();
    }

    /** A number or a text, as it stands. */
    private String word(JsonNode node, String name) {
        JsonNode there = node.path(name);
        if (there.isMissingNode() || there.isNull()) {
            return "?";
        }
        if (!there.isValueNode()) {
            throw wrong("has in " + name + " no value but " + shown(there));
        }
        return there.asString("?");
    }

    private double number(String where, JsonNode node) {
        Double number = numberOrNull(node);
        if (number == null) {
            throw wrong("has in " + where + " something that is no number: " + shown(node));
        }
        return number;
    }

    private static @Nullable Double numberOrNull(JsonNode node) {
        if (node.isNumber()) {
            return node.asDouble();
        }
        return switch (node.isString() ? node.asString() : "") {
            case "NaN" -> Double.NaN;
            case "+INF", "INF", "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
            case "-INF", "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private static String shown(JsonNode node) {
        String text = node.toString().lines().findFirst().orElse("");
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("\"" + file + "\"" + (place.isEmpty() ? " " : ", " + place + ": ") + what);
    }
}
