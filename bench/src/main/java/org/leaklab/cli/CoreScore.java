package org.leaklab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one implementation scored in one cell of one run.
 *
 * @param question the class of the benchmark, without the nested one
 * @param run what tells this run from others: the file, and the JDK
 * @param setting the parameters besides implementation and threads
 * @param carriers how many carriers virtual threads had, in words
 * @param time nanoseconds an operation
 * @param error half of the 99.9 % interval; NaN where there is none
 */
record CoreScore(
        String question,
        String run,
        String setting,
        String threads,
        String carriers,
        String implementation,
        double time,
        double error) {

    private static final String PREFIX = "org.leaklab.bench.core.";
    private static final String PARALLELISM = "-Djdk.virtualThreadScheduler.parallelism=";

    /**
     * Reads all scores of the core's benchmarks in a file.
     *
     * @throws IllegalArgumentException if that is not what the file holds; the message says so in a sentence
     */
    static List<CoreScore> read(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no file \"" + file + "\" that can be read");
        }
        JsonNode results;
        try {
            results = JsonMapper.shared().readTree(file.toFile());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("\"" + file + "\" is not JSON: " + e.getOriginalMessage(), e);
        }
        List<CoreScore> scores = new ArrayList<>();
        for (JsonNode result : results) {
            if (result.path("benchmark").asString("").startsWith(PREFIX)) {
                scores.add(of(file, result));
            }
        }
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("\"" + file + "\" holds no result of a benchmark of the core");
        }
        return scores;
    }

    private static CoreScore of(Path file, JsonNode result) {
        String benchmark = result.path("benchmark").asString();
        JsonNode params = result.path("params");
        JsonNode metric = result.path("primaryMetric");
        String unit = metric.path("scoreUnit").asString("");
        double time = number(metric.path("score"));
        if (!unit.equals("ns/op") || !(time > 0)) {
            throw new IllegalArgumentException("\"" + file + "\" holds no time in ns/op for " + benchmark);
        }
        if (!params.has("implementation") || !params.has("threads")) {
            throw new IllegalArgumentException(
                    "\"" + file + "\" does not say which implementation and threads " + benchmark + " ran with");
        }
        List<String> setting = new ArrayList<>();
        params.properties().forEach(param -> {
            if (!param.getKey().equals("implementation") && !param.getKey().equals("threads")) {
                setting.add(param.getKey() + " " + param.getValue().asString());
            }
        });
        String threads = params.path("threads").asString();
        return new CoreScore(
                question(benchmark),
                file.getFileName() + ", JDK " + result.path("jdkVersion").asString("?"),
                String.join(", ", setting),
                threads,
                threads.equals("virtual") ? carriers(result.path("jvmArgs")) : "-",
                params.path("implementation").asString(),
                time,
                number(metric.path("scoreError")));
    }

    /** Name of the class that asks, without the nested one and the method. */
    private static String question(String benchmark) {
        String names = benchmark.substring(PREFIX.length());
        int end = names.indexOf('.');
        return end < 0 ? names : names.substring(0, end);
    }

    private static String carriers(JsonNode jvmArgs) {
        String carriers = "default";
        for (JsonNode argument : jvmArgs) {
            if (argument.asString("").startsWith(PARALLELISM)) {
                carriers = argument.asString().substring(PARALLELISM.length());
            }
        }
        return carriers;
    }

    /** JMH writes what is not finite as a word. */
    private static double number(JsonNode node) {
        return node.isNumber() ? node.asDouble() : Double.NaN;
    }
}
