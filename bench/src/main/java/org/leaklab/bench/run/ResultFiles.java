package org.leaklab.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of one plan: {@code GROUP.json}, results as JMH writes them, and {@code GROUP.environment.json}; while it
 * is measured also {@code .GROUP.json.journal}. A file of results is whole or not there, and only a whole one ever
 * takes its place.
 *
 * @param folder where they are
 * @param name of the group, and of the shard if it is one of several
 */
public record ResultFiles(Path folder, String name) {

    /** Keeps the order of the fields. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES) // which records of older versions leave out
            .build();

    public static ResultFiles of(Path folder, Plan plan) {
        return new ResultFiles(folder, plan.group() + plan.shard().suffix());
    }

    public Path results() {
        return folder.resolve(name + ".json");
    }

    Path environment() {
        return folder.resolve(name + ".environment.json");
    }

    Path journal() {
        return folder.resolve("." + name + ".json.journal");
    }

    /** Logs of histograms that the rows left, in {@code GROUP.histograms/}. */
    Histograms histograms() {
        return new Histograms(folder.resolve(name + ".histograms"));
    }

    /**
     * Whether a plan was carried out before: by a jar that was built from the same commit, on this version of the JDK
     * and on such a machine.
     */
    public boolean hold(Plan plan) {
        if (!areThere()) {
            return false;
        }
        try {
            Environment then = MAPPER.readValue(environment().toFile(), Environment.class);
            SortedSet<Row> rows = new TreeSet<>();
            for (JsonNode result : MAPPER.readTree(results().toFile())) {
                rows.add(Row.of(result));
            }
            return then.asksTheSameAs(Environment.of(plan))
                    && rows.equals(plan.rows().keySet());
        } catch (JacksonException e) {
            return false; // something else, or by an older version
        }
    }

    /** In words what tells finished results from those that would be measured now; empty where there are none. */
    List<String> differencesFrom(Environment now) {
        if (!areThere()) {
            return List.of();
        }
        try {
            return MAPPER.readValue(environment().toFile(), Environment.class).differencesOfQuestionFrom(now);
        } catch (JacksonException e) {
            return List.of("version of the jar");
        }
    }

    private boolean areThere() {
        return Files.isRegularFile(results()) && Files.isRegularFile(environment());
    }

    /** The results first: what has no environment, or that of other results, counts as missing. */
    void write(List<JsonNode> results, Environment environment) throws IOException {
        Files.deleteIfExists(environment());
        replace(results(), results);
        replace(environment(), environment);
    }

    private static void replace(Path file, Object content) throws IOException {
        Path partial = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
        try {
            Files.writeString(partial, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
