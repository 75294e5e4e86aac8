package org.leaklab.pages.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import tools.jackson.databind.json.JsonMapper;

/** Results as files, with differences that were put there on purpose. */
final class PlantedResults {

    private static final String OWN = "org.leaklab.bench.";

    private final List<Map<String, Object>> results = new ArrayList<>();

    /** Five values that lie about one in the middle. */
    static double[] around(double middle) {
        return forks(middle, 5);
    }

    /** So many. */
    static double[] forks(double middle, int count) {
        return DoubleStream.iterate(-(count / 2), step -> step + 1)
                .limit(count)
                .map(step -> middle * (1 + 0.002 * step))
                .toArray();
    }

    /** Adds a result; parameters and their values in turn. */
    PlantedResults add(String jdk, String benchmark, String unit, double[] forks, String... params) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("benchmark", benchmark);
        result.put("mode", "avgt");
        result.put("jdkVersion", jdk);
        result.put("jvmArgs", List.of("-Xmx1g"));
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < params.length; i += 2) {
            named.put(params[i], params[i + 1]);
        }
        result.put("params", named);
        result.put("primaryMetric", metric(unit, forks));
        result.put("secondaryMetrics", new LinkedHashMap<String, Object>());
        results.add(result);
        return this;
    }

    /** Adds one of this project. */
    PlantedResults own(String jdk, String benchmark, String unit, double[] forks, String... params) {
        return add(jdk, OWN + benchmark, unit, forks, params);
    }

    /** Adds a secondary metric to the last result. */
    @SuppressWarnings("unchecked")
    PlantedResults with(String name, String unit, double... forks) {
        ((Map<String, Object>) results.getLast().get("secondaryMetrics")).put(name, metric(unit, forks));
        return this;
    }

    /** Adds five populations of virtual threads that keep so many bytes each, but for a little. */
    PlantedResults memory(String jdk, String on, String threads, double bytesPerThread) {
        for (int fifths = 1; fifths <= 5; fifths++) {
            double size = 1000.0 * fifths;
            double odd = fifths % 2 == 0 ? 1.001 : 0.999;
            own(
                            jdk,
                            "memory.RetainedMemory.Warm.stuck",
                            "ms/op",
                            new double[] {1, 1},
                            "on",
                            on,
                            "threads",
                            threads,
                            "depth",
                            "0",
                            "payload",
                            "0",
                            "fifths",
                            Integer.toString(fifths))
                    .with("population", "threads", size, size);
            for (String metric : List.of("heap", "native.thread.committed", "native.thread.reserved", "rss")) {
                with(metric, "B", size * bytesPerThread * odd, size * bytesPerThread / odd);
            }
        }
        return this;
    }

    private static Map<String, Object> metric(String unit, double... forks) {
        double mean = Arrays.stream(forks).average().orElseThrow();
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("score", mean);
        metric.put("scoreError", forks.length < 2 ? "NaN" : mean * 0.01);
        metric.put("scoreUnit", unit);
        metric.put(
                "rawData", Arrays.stream(forks).mapToObj(fork -> List.of(fork)).toList());
        return metric;
    }

    /** Writes what was added. */
    Path to(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, JsonMapper.shared().writeValueAsString(results));
    }

    /** Writes verdicts as {@code detectors --json} does: scenario and verdict in turn, all of them leaks. */
    static Path detectors(Path file, String... verdicts) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < verdicts.length; i += 2) {
            boolean leaky = !verdicts[i + 1].equals("false alarm");
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("scenario", verdicts[i]);
            row.put("variant", leaky ? "leaky" : "fixed");
            row.put("threads", "virtual");
            row.put("stuck", leaky ? 1 : 0);
            row.put("detector", "reachability");
            row.put("found", verdicts[i + 1].equals("caught") ? 1 : 0);
            row.put("verdict", verdicts[i + 1]);
            row.put("lines", List.of());
            rows.add(row);
        }
        Files.createDirectories(file.getParent());
        return Files.writeString(file, JsonMapper.shared().writeValueAsString(rows));
    }
}
