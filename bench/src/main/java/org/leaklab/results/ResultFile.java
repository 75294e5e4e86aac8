package org.leaklab.results;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a file that JMH wrote with {@code -rf json}, plain or gzipped, of any version and project.
 *
 * <p>JMH writes what is not finite as the words {@code "NaN"}, {@code "+INF"} and {@code "-INF"}, leaves out
 * {@code params} where there are none, and has {@code rawDataHistogram} instead of {@code rawData} where it sampled.
 */
public final class ResultFile {

    private static final int GZIP_MAGIC = 0x8b1f;

    /** No hidden file: those are partial ones. */
    private static final Pattern JSON = Pattern.compile("[^.].*\\.json(\\.gz)?");

    private final Path file;
    private String place = "";

    private ResultFile(Path file) {
        this.file = file;
    }

    /**
     * Reads all results.
     *
     * @throws IllegalArgumentException if the file cannot be read, is no JSON, or is not what JMH writes; the message
     *     says in a sentence which file, where in it, and what is wrong
     */
    public static List<JmhResult> read(Path file) {
        return new ResultFile(file).results();
    }

    /**
     * Reads all results of a file, or of all files in a folder that JMH wrote; what else lies there in JSON, as records
     * of environments, is passed over. Folders in it are not entered.
     *
     * @throws IllegalArgumentException as for a file, or if a folder holds no results
     */
    public static List<JmhResult> readAll(Path fileOrFolder) {
        if (!Files.isDirectory(fileOrFolder)) {
            return read(fileOrFolder);
        }
        List<JmhResult> all = new ArrayList<>();
        for (Path file : jsonFiles(fileOrFolder)) {
            ResultFile reader = new ResultFile(file);
            if (reader.tree().path(0).has("benchmark")) {
                all.addAll(reader.results());
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("the folder \"" + fileOrFolder + "\" holds no file that JMH wrote");
        }
        return all;
    }

    private static List<Path> jsonFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> JSON.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("the folder \"" + folder + "\" cannot be read: " + e.getMessage(), e);
        }
    }

    private List<JmhResult> results() {
        JsonNode root = tree();
        if (!root.isArray()) {
            throw wrong("is not a list of results, as JMH writes with -rf json");
        }
        List<JmhResult> results = new ArrayList<>();
        for (JsonNode node : root) {
            String name = node.path("benchmark").asString("");
            place = "result " + (results.size() + 1) + (name.isEmpty() ? "" : " (" + name + ")");
            if (name.isEmpty()) {
                throw wrong("has no name of a benchmark");
            }
            results.add(result(name, node));
        }
        return results;
    }

    private JsonNode tree() {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no file \"" + file + "\" that can be read");
        }
        try (InputStream in = open()) {
            return JsonMapper.shared().readTree(in);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "\"" + file + "\", line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": is not JSON: " + firstLine(e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("\"" + file + "\" cannot be read: " + e.getMessage(), e);
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private InputStream open() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        try {
            in.mark(2);
            int magic = in.read() | in.read() << Byte.SIZE;
            in.reset();
            return magic == GZIP_MAGIC ? new GZIPInputStream(in) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private JmhResult result(String benchmark, JsonNode node) {
        Map<String, String> params = new LinkedHashMap<>();
        node.path("params")
                .properties()
                .forEach(param -> params.put(param.getKey(), param.getValue().asString("")));
        List<String> jvmArgs = new ArrayList<>();
        node.path("jvmArgs").forEach(argument -> jvmArgs.add(argument.asString("")));
        JsonNode primary = node.path("primaryMetric");
        if (!primary.isObject()) {
            throw wrong("has no primaryMetric");
        }
        Map<String, JmhResult.Metric> secondary = new LinkedHashMap<>();
        node.path("secondaryMetrics")
                .properties()
                .forEach(metric -> secondary.put(metric.getKey(), metric(metric.getKey(), metric.getValue())));
        return new JmhResult(
                benchmark,
                params,
                node.path("mode").asString("?"),
                node.path("jdkVersion").asString("?"),
                jvmArgs,
                metric("primaryMetric", primary),
                secondary,
                latencies(node.path("latencies")));
    }

    /** What {@code bench} adds to JMH's. */
    private Latencies latencies(JsonNode forks) {
        List<String> texts = new ArrayList<>();
        forks.forEach(fork -> texts.add(fork.asString("")));
        try {
            return Latencies.decoded(texts);
        } catch (DataFormatException | RuntimeException e) { // whatever the reader trips over
            throw new IllegalArgumentException(
                    "\"" + file + "\", " + place + ": has latencies that are no histograms", e);
        }
    }

    private JmhResult.Metric metric(String name, JsonNode node) {
        Double score = number(node.path("score"));
        if (score == null) {
            throw wrong("has no score in " + name);
        }
        Double error = number(node.path("scoreError"));
        return new JmhResult.Metric(
                node.path("scoreUnit").asString("?"),
                score,
                error == null ? Double.NaN : error,
                node.has("rawDataHistogram")
                        ? sampled(name, node.path("rawDataHistogram"))
                        : raw(name, node.path("rawData")));
    }

    private List<List<Double>> raw(String name, JsonNode forks) {
        List<List<Double>> raw = new ArrayList<>();
        for (JsonNode fork : forks) {
            List<Double> values = new ArrayList<>();
            for (JsonNode value : fork) {
                values.add(numberIn(name + ".rawData", value));
            }
            raw.add(values);
        }
        return raw;
    }

    /** A fork is a list of iterations, an iteration one of pairs: a value, and how often it was seen. */
    private List<List<Double>> sampled(String name, JsonNode forks) {
        List<List<Double>> raw = new ArrayList<>();
        for (JsonNode fork : forks) {
            List<Double> means = new ArrayList<>();
            for (JsonNode iteration : fork) {
                double sum = 0;
                double count = 0;
                for (JsonNode pair : iteration) {
                    double times = numberIn(name + ".rawDataHistogram", pair.path(1));
                    sum += numberIn(name + ".rawDataHistogram", pair.path(0)) * times;
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

    private double numberIn(String where, JsonNode node) {
        Double number = number(node);
        if (number == null) {
            throw wrong("has in " + where + " something that is no number: " + firstLine(node.toString()));
        }
        return number;
    }

    private static @Nullable Double number(JsonNode node) {
        if (node.isNumber()) {
            return node.asDouble();
        }
        return switch (node.asString("")) {
            case "NaN" -> Double.NaN;
            case "+INF", "INF", "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
            case "-INF", "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("\"" + file + "\"" + (place.isEmpty() ? " " : ", " + place + ": ") + what);
    }
}
