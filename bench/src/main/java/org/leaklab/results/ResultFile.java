package org.leaklab.results;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.leaklab.results.go.GoBenchmarkFile;
import org.leaklab.results.go.GoResults;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a file of results, plain or gzipped: the JSON that JMH of any version and project writes with {@code -rf json},
 * that of kotlinx-benchmark, JMH's CSV, and what {@code go test -bench} prints.
 */
public final class ResultFile {

    private static final int GZIP_MAGIC = 0x8b1f;
    private static final int LONGEST_PRINTED = 400;

    /** No hidden file: those are partial ones. */
    private static final Pattern JSON = Pattern.compile("[^.].*\\.json(\\.gz)?");

    private static final Pattern CSV = Pattern.compile("[^.].*\\.csv(\\.gz)?");

    /** What JMH prints: the table for people, or a log that has one at its end. */
    private static final Pattern PRINTED = Pattern.compile("(?s)(# JMH version|# VM |Benchmark +(\\S.* )?Mode ).*");

    /** kotlinx-benchmark writes NaN as a bare word. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Path file;

    private ResultFile(Path file) {
        this.file = file;
    }

    /**
     * Reads all results.
     *
     * @throws IllegalArgumentException if the file cannot be read, is neither JSON nor CSV, or is not what JMH writes;
     *     the message says in a sentence which file, where in it, and what is wrong
     */
    public static List<JmhResult> read(Path file) {
        ResultFile reader = new ResultFile(file);
        byte[] bytes = reader.bytes();
        String start = new String(bytes, 0, Math.min(bytes.length, JmhCsv.LONGEST_START), StandardCharsets.UTF_8);
        if (GoBenchmarkFile.isStart(start)) {
            return GoResults.read(file, bytes).stream()
                    .flatMap(group -> new JmhJson(file.toString()).results(MAPPER.readTree(group.results())).stream())
                    .toList();
        }
        return JmhCsv.isStart(start)
                ? new JmhCsv(file.toString()).results(new String(bytes, StandardCharsets.UTF_8))
                : new JmhJson(file.toString()).results(reader.tree(bytes));
    }

    /** Whether a file is a table that JMH wrote, by its name and its first words. */
    public static boolean isTable(Path file) {
        if (!CSV.matcher(name(file)).matches()) {
            return false;
        }
        byte[] bytes = new ResultFile(file).bytes();
        return JmhCsv.isStart(
                new String(bytes, 0, Math.min(bytes.length, JmhCsv.LONGEST_START), StandardCharsets.UTF_8));
    }

    /**
     * Reads all results of a file, or of all files in a folder that JMH wrote; what else lies there in JSON, as records
     * of environments, is passed over. Folders in it are not entered. Of a folder with JSON the tables are passed over
     * too, for they have the same results without raw values.
     *
     * @throws IllegalArgumentException as for a file, or if a folder holds no results
     */
    public static List<JmhResult> readAll(Path fileOrFolder) {
        List<JmhResult> all = new ArrayList<>();
        files(fileOrFolder).forEach(file -> all.addAll(read(file)));
        return all;
    }

    /**
     * The file, or all files in a folder that JMH wrote.
     *
     * @throws IllegalArgumentException if a file in a folder is no JSON, or a folder holds no results
     */
    public static List<Path> files(Path fileOrFolder) {
        if (!Files.isDirectory(fileOrFolder)) {
            return List.of(fileOrFolder);
        }
        List<Path> json = files(fileOrFolder, JSON).stream()
                .filter(file -> {
                    ResultFile reader = new ResultFile(file);
                    return reader.tree(reader.bytes()).path(0).has("benchmark");
                })
                .toList();
        List<Path> all = json.isEmpty()
                ? files(fileOrFolder, CSV).stream().filter(ResultFile::isTable).toList()
                : json;
        if (all.isEmpty()) {
            throw new IllegalArgumentException("the folder \"" + fileOrFolder + "\" holds no file that JMH wrote");
        }
        return all;
    }

    private static List<Path> files(Path folder, Pattern names) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> names.matcher(name(file)).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("the folder \"" + folder + "\" cannot be read: " + e.getMessage(), e);
        }
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private JsonNode tree(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, LONGEST_PRINTED), StandardCharsets.UTF_8);
        if (PRINTED.matcher(start).matches()) {
            throw new IllegalArgumentException(
                    "\"" + file + "\" is what JMH prints for people; results in a file come with -rf json or -rf csv");
        }
        if (CSV.matcher(name(file)).matches()) {
            throw new IllegalArgumentException(
                    "\"" + file + "\" is not a table that JMH wrote: its first line does not begin with \"Benchmark\"");
        }
        try {
            return MAPPER.readTree(bytes);
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException(
                    "\"" + file + "\" is not what JMH writes: "
                            + (e.getOriginalMessage().contains("nesting")
                                    ? "lists stand in lists a hundred times and more"
                                    : firstLine(e.getOriginalMessage())),
                    e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "\"" + file + "\", line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": is not JSON: " + firstLine(e.getOriginalMessage()),
                    e);
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private byte[] bytes() {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no file \"" + file + "\" that can be read");
        }
        try (InputStream in = open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalArgumentException("\"" + file + "\" cannot be read: " + e.getMessage(), e);
        }
    }

    private InputStream open() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        InputStream in = new BufferedInputStream(new ByteArrayInputStream(bytes));
        return bytes.length >= 2 && ((bytes[0] & 0xFF) | (bytes[1] & 0xFF) << Byte.SIZE) == GZIP_MAGIC
                ? new GZIPInputStream(in)
                : in;
    }
}
