package org.leaklab.results;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a record beside results says of how they were made, as far as it could explain that they differ from others.
 *
 * @param facts a word for each, as {@code vendor}, with what it was
 */
public record Circumstances(Map<String, String> facts) {

    /** What is not recorded. */
    public static final String UNKNOWN = "not recorded";

    public static final String VENDOR = "vendor";
    public static final String COMMIT = "commit";
    public static final String DATE = "date";
    public static final String MACHINE = "machine";
    public static final String JDK = "JDK";

    private static final String RECORD = ".environment.json";
    private static final double GIGABYTE = 1 << 30;

    public Circumstances {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * The record beside a file of results, {@code core.environment.json} beside {@code core.json}; none where there is
     * none, as beside the results of others.
     *
     * @throws IllegalArgumentException if it is not JSON; the message says so in a sentence
     */
    public static Optional<Circumstances> beside(Path results) {
        Path record =
                results.resolveSibling(results.getFileName().toString().replaceFirst("\\.json(\\.gz)?$", "") + RECORD);
        if (!Files.isRegularFile(record)) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(JsonMapper.shared().readTree(record.toFile()), Commit.of(results)));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("\"" + record + "\" is not JSON, as bench writes it beside results", e);
        }
    }

    private static Circumstances of(JsonNode record, Commit commit) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(JDK, text(record, "jdk"));
        facts.put(VENDOR, text(record, "vendor"));
        facts.put(COMMIT, commit.equals(Commit.UNKNOWN) ? UNKNOWN : commit.text());
        facts.put(MACHINE, machine(record));
        facts.put("system", text(record, "os") + " " + text(record, "kernel"));
        facts.put("flags of the JVM", flags(record.path("flags")));
        facts.put(DATE, text(record, record.has("ended") ? "ended" : "date").replaceFirst("T.*", ""));
        return new Circumstances(facts);
    }

    private static String machine(JsonNode record) {
        double memory = record.path("memoryBytes").asDouble(0) / GIGABYTE;
        return text(record, "processors") + " processors, " + text(record, "cpu") + ", " + Math.round(memory) + " GB";
    }

    private static String flags(JsonNode flags) {
        List<String> all = flags.valueStream().map(flag -> flag.asString("?")).toList();
        return all.isEmpty() ? "none" : String.join(" ", all);
    }

    private static String text(JsonNode record, String name) {
        return record.path(name).isValueNode() ? record.path(name).asString(UNKNOWN) : UNKNOWN;
    }
}
