package org.leaklab.ab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pairs that are measured, in a file: a line of JSON that says what is compared, one with the band of the ruler,
 * then one a pair. A line counts once its end is there, so this process may be killed at any time and loses the pair
 * that it is at.
 */
public final class PairFile {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private static final char END = '\n';

    private final Path file;
    private final Band band;
    private final List<Pair> pairs = new ArrayList<>();

    private PairFile(Path file, Band band) {
        this.file = file;
        this.band = band;
    }

    /**
     * Goes on with a file, or begins one.
     *
     * @param ruler to calibrate where there is no file yet
     * @throws IllegalArgumentException if the file is about something else; the message says so in a sentence
     */
    public static PairFile open(Path file, Question question, Ruler ruler) throws IOException, InterruptedException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        List<String> lines = new ArrayList<>(
                text.substring(0, text.lastIndexOf(END) + 1).lines().toList());
        if (lines.size() < 2) {
            return begin(file, question, Band.calibrate(ruler));
        }
        try {
            List<String> differences =
                    MAPPER.readValue(lines.get(0), Question.class).differences(question);
            if (!differences.isEmpty()) {
                throw new IllegalArgumentException("\"" + file + "\" has pairs with another "
                        + String.join(", another ", differences) + ": name another folder with -o");
            }
            PairFile there = new PairFile(file, MAPPER.readValue(lines.get(1), Band.class));
            for (String line : lines.subList(2, lines.size())) {
                there.pairs.add(MAPPER.readValue(line, Pair.class));
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate((String.join("\n", lines) + END).getBytes(StandardCharsets.UTF_8).length);
            }
            return there;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "\"" + file + "\" is not what bench ab writes: name another folder with -o", e);
        }
    }

    private static PairFile begin(Path file, Question question, Band band) throws IOException {
        Files.writeString(file, MAPPER.writeValueAsString(question) + END + MAPPER.writeValueAsString(band) + END);
        return new PairFile(file, band);
    }

    /** How far the ruler may move. */
    public Band band() {
        return band;
    }

    /** Those that are there, in order. */
    public List<Pair> pairs() {
        return Collections.unmodifiableList(pairs);
    }

    /** Adds one, on the disk too. */
    void add(Pair pair) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((MAPPER.writeValueAsString(pair) + END).getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(false);
        }
        pairs.add(pair);
    }
}
