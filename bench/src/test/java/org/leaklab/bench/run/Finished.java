package org.leaklab.bench.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the files that a preset leaves when it has run to its end, with figures that are easy to check. */
public final class Finished {

    /** The figure of every primary metric, but that of the rows that the others are held against. */
    public static final int SCORE = 1234;

    /** The figure of the rows that the others are held against: fixed, beside none, by somebody else. */
    public static final int BASE = 321;

    public static final int HEAP_A_THREAD = 777;
    public static final int NATIVE_A_THREAD = 33_333;
    public static final int RESERVED_A_THREAD = 1_052_440;
    public static final double ADDED = 23.4;
    public static final int P99_MICROS = 45_600;

    private Finished() {}

    public static void write(Path folder, String preset) throws IOException {
        for (String group : Preset.named(preset).groups().keySet()) {
            write(folder, preset, group, Shard.WHOLE);
        }
    }

    /** The same of one shard of one group. */
    public static void write(Path folder, String preset, String group, Shard shard) throws IOException {
        Files.createDirectories(folder);
        RowList list = RowList.of(Runtime.version().feature());
        Plan plan = Plan.of(list, Preset.named(preset), group, Map.of(), null, shard);
        new ResumableRun(
                        plan,
                        ResultFiles.of(folder, plan),
                        new PrintWriter(Writer.nullWriter()),
                        (row, part, fork) -> result(row))
                .run(Integer.MAX_VALUE);
    }

    private static JsonNode result(Row row) {
        ObjectNode result = ResultFiles.MAPPER.createObjectNode();
        result.put("benchmark", row.benchmark()).put("mode", row.mode()).put("jdkVersion", "25");
        row.params().forEach(result.putObject("params")::put);
        boolean base = !row.params().containsValue("leaky")
                && (row.params().containsValue("fixed")
                        || row.params().containsValue("none")
                        || row.params().containsValue("jox"));
        metric(result.putObject("primaryMetric"), base ? BASE : SCORE, unit(row));
        ObjectNode more = result.putObject("secondaryMetrics");
        if (row.params().containsKey("payload")) {
            populations(more.putObject("population"), 0, 1, "threads");
            populations(more.putObject("heap"), 5_000_000, HEAP_A_THREAD, "B");
            populations(more.putObject("native.thread.committed"), 0, NATIVE_A_THREAD, "B");
            populations(more.putObject("native.thread.reserved"), 0, RESERVED_A_THREAD, "B");
            populations(more.putObject("rss"), 0, NATIVE_A_THREAD, "B");
        }
        if (row.params().containsKey("detector")) {
            metric(more.putObject("added"), base ? 1.5 : ADDED, "ns/op");
        }
        metric(more.putObject("p99"), base ? P99_MICROS / 10.0 : P99_MICROS, "us");
        return result;
    }

    private static String unit(Row row) {
        if (row.mode().equals("thrpt")) {
            return "ops/s";
        }
        if (row.benchmark().contains(".detection.")) {
            return "us/op";
        }
        return row.benchmark().contains(".core.") || row.benchmark().contains(".scheduling.") ? "ns/op" : "ms/op";
    }

    /** What five populations took in one fork, of 1,000 to 5,000 threads. */
    private static void populations(ObjectNode metric, double all, double each, String unit) {
        metric(metric, all + 3000 * each, unit);
        ArrayNode fork = metric.putArray("rawData").addArray();
        for (int size = 1000; size <= 5000; size += 1000) {
            fork.add(all + size * each);
        }
    }

    private static void metric(ObjectNode metric, double value, String unit) {
        metric.put("score", value).put("scoreError", "NaN").put("scoreUnit", unit);
        metric.putArray("rawData").addArray().add(value);
    }
}
