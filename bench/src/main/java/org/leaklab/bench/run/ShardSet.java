package org.leaklab.bench.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Results of one run that was measured in shards, on several machines, and stands in several folders. Each shard keeps
 * its own file, beside the record of its machine: rows and forks of two machines never stand in one file, and no row is
 * in two files.
 */
public final class ShardSet {

    /**
     * The files of one shard.
     *
     * @param files where they are
     * @param shard which one
     * @param environment where it was measured
     */
    public record Piece(ResultFiles files, Shard shard, Environment environment) {}

    private static final String ENVIRONMENT = ".environment.json";

    private final List<Piece> pieces;

    private ShardSet(Collection<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /**
     * Finds the shards in folders, as {@code bench} wrote them. One that stands in two folders with the same content
     * counts once.
     *
     * @throws IllegalArgumentException if they are not shards of one run; the message says so in a sentence
     */
    public static ShardSet in(List<Path> folders) throws IOException {
        SortedMap<String, Piece> byName = new TreeMap<>();
        for (Path folder : folders) {
            for (Piece piece : pieces(folder)) {
                Piece other = byName.putIfAbsent(piece.files().name(), piece);
                if (other != null && !areTheSame(other.files(), piece.files())) {
                    throw new IllegalArgumentException("\"" + other.files().results() + "\" and \""
                            + piece.files().results() + "\" hold different results of one shard: name one of them");
                }
            }
        }
        List<Piece> pieces = new ArrayList<>(byName.values());
        pieces.sort((a, b) -> a.environment().group().equals(b.environment().group())
                ? Integer.compare(a.shard().index(), b.shard().index())
                : a.environment().group().compareTo(b.environment().group()));
        mustBeOfOneRun(pieces);
        mustHaveNoRowTwice(pieces);
        return new ShardSet(pieces);
    }

    private static List<Piece> pieces(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there is no folder \"" + folder + "\"");
        }
        List<Piece> pieces = new ArrayList<>();
        try (DirectoryStream<Path> records = Files.newDirectoryStream(folder, "[!.]*" + ENVIRONMENT)) {
            for (Path record : records) {
                String file = record.getFileName().toString();
                ResultFiles files = new ResultFiles(folder, file.substring(0, file.length() - ENVIRONMENT.length()));
                Environment environment = Environment.read(record);
                Shard shard = Shard.parse(environment.shard());
                if (!files.name().equals(environment.group() + shard.suffix())) {
                    throw new IllegalArgumentException("\"" + record + "\" is the record of " + environment.group()
                            + shard.suffix() + ".json, so the file was renamed");
                }
                if (!Files.isRegularFile(files.results())) {
                    throw new IllegalArgumentException(
                            "\"" + record + "\" has no \"" + files.results().getFileName() + "\" beside it");
                }
                pieces.add(new Piece(files, shard, environment));
            }
        }
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + folder
                            + "\" has no results with the record that bench writes beside them: name the folders that were its -o");
        }
        return pieces;
    }

    private static boolean areTheSame(ResultFiles one, ResultFiles other) throws IOException {
        return Files.mismatch(one.results(), other.results()) < 0
                && Files.mismatch(one.environment(), other.environment()) < 0;
    }

    private static void mustBeOfOneRun(List<Piece> pieces) {
        Map<String, Piece> first = new HashMap<>();
        for (Piece piece : pieces) {
            Piece other = first.putIfAbsent(piece.environment().group(), piece);
            if (other == null) {
                continue;
            }
            List<String> differences = new ArrayList<>(other.environment().differencesOfRunFrom(piece.environment()));
            if (other.shard().count() != piece.shard().count()) {
                differences.add("number of shards");
            }
            if (!differences.isEmpty()) {
                throw new IllegalArgumentException("\"" + other.files().results() + "\" and \""
                        + piece.files().results() + "\" are not shards of one run: they differ in "
                        + String.join(", ", differences));
            }
        }
    }

    private static void mustHaveNoRowTwice(List<Piece> pieces) throws IOException {
        Map<Row, Path> where = new HashMap<>();
        for (Piece piece : pieces) {
            Path file = piece.files().results();
            for (JsonNode result : rows(file)) {
                Row row = Row.of(result);
                Path other = where.putIfAbsent(row, file);
                if (other != null) {
                    throw new IllegalArgumentException(
                            "\"" + other + "\" and \"" + file + "\" both hold the row " + row.label());
                }
            }
        }
    }

    private static JsonNode rows(Path file) throws IOException {
        try {
            JsonNode rows = ResultFiles.MAPPER.readTree(Files.readString(file));
            if (rows.isArray()) {
                return rows;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "\"" + file + "\", line " + e.getLocation().getLineNr() + ": is not the JSON that JMH writes", e);
        }
        throw new IllegalArgumentException("\"" + file + "\" is not the JSON that JMH writes");
    }

    /** The shards, by group and number. */
    public List<Piece> pieces() {
        return pieces;
    }

    /** The shards that are not there, by group; empty where all are. */
    public SortedMap<String, List<Shard>> missing() {
        SortedMap<String, List<Shard>> missing = new TreeMap<>();
        Map<String, List<Piece>> groups = pieces.stream()
                .collect(Collectors.groupingBy(piece -> piece.environment().group()));
        groups.forEach((group, found) -> {
            int count = found.getFirst().shard().count();
            List<Shard> absent = IntStream.rangeClosed(1, count)
                    .mapToObj(index -> new Shard(index, count))
                    .filter(shard ->
                            found.stream().noneMatch(piece -> piece.shard().equals(shard)))
                    .toList();
            if (!absent.isEmpty()) {
                missing.put(group, absent);
            }
        });
        return missing;
    }

    /**
     * Copies every file to a folder, with its histograms. The record of the machine comes last, for without it the
     * results count as missing.
     *
     * @throws IllegalArgumentException if the folder holds other results of one of the shards; nothing is copied then
     */
    public void copyTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<ResultFiles> wanted = new ArrayList<>();
        for (Piece piece : pieces) {
            ResultFiles there = new ResultFiles(folder, piece.files().name());
            if (!Files.exists(there.results())) {
                wanted.add(piece.files());
            } else if (!Files.exists(there.environment()) || !areTheSame(there, piece.files())) {
                throw new IllegalArgumentException(
                        "\"" + there.results() + "\" is there already, with other results: take another folder");
            }
        }
        for (ResultFiles files : wanted) {
            ResultFiles there = new ResultFiles(folder, files.name());
            copyHistograms(files.histograms().folder(), there.histograms().folder());
            copy(files.results(), there.results());
            copy(files.environment(), there.environment());
        }
    }

    private static void copyHistograms(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        Files.createDirectories(to);
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(from, "[!.]*")) {
            for (Path log : logs) {
                copy(log, to.resolve(log.getFileName().toString()));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Path partial = partial(to);
        try {
            Files.copy(from, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, to, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static Path partial(Path file) {
        return file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
    }
}
