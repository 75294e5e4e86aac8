package org.leaklab.results.go;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code go test -bench} printed. As the specification says, a line that is neither a setting nor a result
 * is passed over; one that tells of a failure is not, because what was measured is then not whole.
 */
public final class GoBenchmarkFile {

    /** The key ends at the first colon; a blank stands between that and the value, which may be absent. */
    private static final Pattern SETTING = Pattern.compile("(\\p{Ll}[^\\s\\p{Lu}:]*):(?:[ \\t]+(.*))?");

    private static final Pattern START =
            Pattern.compile("\\s*(?:(?:goos|goarch|pkg|cpu|column): |Unit \\S|Benchmark\\p{Lu}\\S*\\s)");
    private static final Pattern RESULT = Pattern.compile("Benchmark(?:\\p{Lu}\\S*)?(?:\\s.*)?");
    private static final Pattern FAILURE = Pattern.compile("\\s*--- FAIL: .*|FAIL(?:\\s.*)?|panic: .*|fatal error: .*");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
    private static final int FEWEST_WORDS = 4;
    private static final int SHOWN = 80;

    private final Path file;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<GoBenchmark> results = new ArrayList<>();
    private int number;

    private GoBenchmarkFile(Path file) {
        this.file = file;
    }

    /** Whether a text begins as that of {@code go test -bench} does: with a setting, or a result. */
    public static boolean isStart(String text) {
        return START.matcher(text).lookingAt();
    }

    /**
     * Reads all results.
     *
     * @throws IllegalArgumentException if the file cannot be read, tells of a failure, has a result that is none, or
     *     has no result; the message says so in a sentence
     */
    public static List<GoBenchmark> read(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no file \"" + file + "\" that can be read");
        }
        try {
            return read(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("\"" + file + "\" cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads all results of what a file holds, unpacked where it is packed.
     *
     * @throws IllegalArgumentException as for a file
     */
    static List<GoBenchmark> read(Path file, byte[] text) {
        GoBenchmarkFile reader = new GoBenchmarkFile(file);
        for (String line : reader.lines(text)) {
            reader.number++;
            reader.take(line);
        }
        if (reader.results.isEmpty()) {
            throw new IllegalArgumentException("\"" + file + "\" holds no result of go test -bench");
        }
        return reader.results;
    }

    private List<String> lines(byte[] text) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString()
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("\"" + file + "\" is no text in UTF-8, as go test prints it", e);
        }
    }

    private void take(String line) {
        if (FAILURE.matcher(line).matches()) {
            throw wrong("tells of a failure", line);
        }
        Matcher setting = SETTING.matcher(line);
        if (setting.matches()) {
            String value = setting.group(2) == null ? "" : setting.group(2).strip();
            if (value.isEmpty()) {
                settings.remove(setting.group(1));
            } else {
                settings.put(setting.group(1), value);
            }
        } else if (RESULT.matcher(line).matches()) {
            String[] words = line.strip().split("\\s+");
            if (words.length > 1) { // with -v the name stands alone first
                results.add(result(words, line));
            }
        }
    }

    private GoBenchmark result(String[] words, String line) {
        if (words.length < FEWEST_WORDS || words.length % 2 != 0) {
            throw wrong(
                    "is no result, which is a name, a number of iterations, and pairs of a value and its unit", line);
        }
        if (!words[1].matches("[1-9]\\d{0,17}")) {
            throw wrong("has no number of iterations, but \"" + words[1] + "\"", line);
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 2; i < words.length; i += 2) {
            if (!NUMBER.matcher(words[i]).matches() || !Double.isFinite(Double.parseDouble(words[i]))) {
                throw wrong("has a value that is no number, \"" + words[i] + "\"", line);
            }
            if (values.put(words[i + 1], Double.parseDouble(words[i])) != null) {
                throw wrong("has two values in " + words[i + 1], line);
            }
        }
        return new GoBenchmark(settings, words[0], Long.parseLong(words[1]), values);
    }

    private IllegalArgumentException wrong(String what, String line) {
        String text = line.strip();
        return new IllegalArgumentException("\"" + file + "\", line " + number + ": " + what + ": "
                + (text.length() > SHOWN ? text.substring(0, SHOWN) + " ..." : text));
    }
}
