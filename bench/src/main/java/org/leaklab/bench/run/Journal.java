package org.leaklab.bench.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The forks that are measured already, in a file beside the one that they will make: a line of JSON for the
 * environment, then one a fork of a row. A line counts once its end is there, so a process may be killed at any time
 * and loses the fork that it is at.
 */
final class Journal {

    private static final byte END = '\n';

    private final Path file;
    private final Environment begun;
    private final SortedMap<Row, List<JsonNode>> results = new TreeMap<>();

    private Journal(Path file, Environment begun) {
        this.file = file;
        this.begun = begun;
    }

    /**
     * Takes up the journal of a run that did not end, or begins one.
     *
     * @param here what the rows of the journal must have been measured with
     * @param says is told in a sentence when a journal of something else is dropped, or put aside if it holds results
     */
    static Journal open(Path file, Environment here, Consumer<String> says) throws IOException {
        if (Files.exists(file)) {
            Journal earlier = takeUp(file, here, says);
            if (earlier != null) {
                return earlier;
            }
        }
        Files.write(file, line(here));
        return new Journal(file, here);
    }

    private static @Nullable Journal takeUp(Path file, Environment here, Consumer<String> says) throws IOException {
        byte[] content = Files.readAllBytes(file);
        List<JsonNode> lines = new ArrayList<>();
        int whole = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == END) {
                JsonNode line = read(Arrays.copyOfRange(content, whole, i));
                if (line == null) {
                    break;
                }
                lines.add(line);
                whole = i + 1;
            }
        }
        List<String> differences = lines.isEmpty() ? List.of("environment") : differences(lines.getFirst(), here);
        if (!differences.isEmpty()) {
            String became = "dropped";
            if (lines.size() > 1) { // hours, perhaps
                Path aside = file.resolveSibling(file.getFileName() + ".old");
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                became = "put aside in " + aside.getFileName();
            }
            says.accept("what an earlier run left unfinished is " + became + ", for it had another "
                    + String.join(", another ", differences));
            return null;
        }
        Journal journal = new Journal(file, ResultFiles.MAPPER.treeToValue(lines.getFirst(), Environment.class));
        lines.stream().skip(1).forEach(journal::keep);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(whole);
        }
        return journal;
    }

    private static @Nullable JsonNode read(byte[] line) {
        try {
            JsonNode node = ResultFiles.MAPPER.readTree(line);
            return node.isObject() ? node : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static List<String> differences(JsonNode header, Environment here) {
        try {
            return here.differencesFrom(ResultFiles.MAPPER.treeToValue(header, Environment.class));
        } catch (JacksonException e) {
            return List.of("version of the jar");
        }
    }

    private void keep(JsonNode result) {
        results.computeIfAbsent(Row.of(result), none -> new ArrayList<>()).add(result);
    }

    /** The record of the run's beginning, perhaps in an earlier sitting. */
    Environment begun() {
        return begun;
    }

    /** What the forks of a row gave so far, one result each. */
    List<JsonNode> of(Row row) {
        return Collections.unmodifiableList(results.getOrDefault(row, List.of()));
    }

    /** Adds what a fork gave, on the disk too. */
    void add(JsonNode result) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer line = ByteBuffer.wrap(line(result));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(false);
        }
        keep(result);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private static byte[] line(Object value) {
        return (ResultFiles.MAPPER.writeValueAsString(value) + (char) END).getBytes(StandardCharsets.UTF_8);
    }
}
