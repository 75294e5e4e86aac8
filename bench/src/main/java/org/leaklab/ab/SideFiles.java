package org.leaklab.ab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.leaklab.bench.run.MergedForks;
import org.leaklab.bench.run.Row;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Both sides as JMH would have written them, all forks of a benchmark together, so that {@code compare} and others read
 * them. They have all pairs, also disturbed ones.
 *
 * @param folder where they stand
 */
public record SideFiles(Path folder) {

    /** Of the base. */
    public Path base() {
        return folder.resolve("base.json");
    }

    /** Of the other. */
    public Path now() {
        return folder.resolve("new.json");
    }

    /** Writes both. */
    public void write(List<Pair> pairs) throws IOException {
        write(base(), pairs.stream().map(Pair::base).toList());
        write(now(), pairs.stream().map(Pair::now).toList());
    }

    private static void write(Path file, List<ArrayNode> forks) throws IOException {
        Map<Row, List<JsonNode>> rows = new LinkedHashMap<>();
        for (ArrayNode fork : forks) {
            fork.forEach(result -> rows.computeIfAbsent(Row.of(result), none -> new ArrayList<>())
                    .add(result));
        }
        List<JsonNode> merged = rows.values().stream().map(MergedForks::of).toList();
        Path partial = file.resolveSibling("." + file.getFileName() + ".partial");
        try {
            Files.writeString(
                    partial, PairFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(merged) + "\n");
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
