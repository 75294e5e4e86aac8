package org.leaklab.results.go;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The results of one Go package, from as many files as there are; of a Java package, those of one side, JDK and VM. A
 * fork is what has a {@code fork: } of its own; where a file does not say, the file is one fork.
 */
public final class GoResults {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private static final String FORK = "fork";

    /** What may differ between lines that stand in one file. */
    private static final Set<String> MAY_DIFFER = Set.of(FORK, "date", "commit");

    private final String group;
    private final GoBenchmark first;
    private final Path firstFile;
    private final Map<List<Object>, GoRow> rows = new LinkedHashMap<>();
    private final Map<List<Object>, Path> forks = new LinkedHashMap<>();
    private final Set<String> commits = new LinkedHashSet<>();
    private boolean besideOtherColumns;

    private GoResults(String group, GoBenchmark first, Path firstFile) {
        this.group = group;
        this.first = first;
        this.firstFile = firstFile;
    }

    /**
     * Reads files.
     *
     * @return one for each Go package, in the order of their names, or for each side of a Java package
     * @throws IllegalArgumentException if a file is not what {@code go test -bench} prints, if results of a group were
     *     measured in different ways or on different machines, or if two files hold the same fork of a row; the message
     *     says so in a sentence
     */
    public static List<GoResults> read(List<Path> files) {
        Map<Path, List<GoBenchmark>> lines = new LinkedHashMap<>();
        Set<Path> seen = new HashSet<>();
        for (Path file : files) {
            if (!seen.add(file.toAbsolutePath().normalize())) {
                throw new IllegalArgumentException("\"" + file + "\" is named twice");
            }
            lines.put(file, GoBenchmarkFile.read(file));
        }
        return of(lines);
    }

    /**
     * Reads what a file holds, unpacked where it is packed.
     *
     * @throws IllegalArgumentException as for files
     */
    public static List<GoResults> read(Path file, byte[] text) {
        return of(Map.of(file, GoBenchmarkFile.read(file, text)));
    }

    private static List<GoResults> of(Map<Path, List<GoBenchmark>> lines) {
        Map<String, GoResults> groups = new LinkedHashMap<>();
        Set<String> columns = new HashSet<>();
        lines.forEach((file, ofFile) -> {
            for (GoBenchmark line : ofFile) {
                columns.add(line.setting(GoBenchmark.COLUMN, ""));
                groups.computeIfAbsent(key(line), key -> new GoResults(line.group(), line, file))
                        .add(file, line);
            }
        });
        groups.values().forEach(group -> group.besideOtherColumns = columns.size() > 1);
        return groups.values().stream()
                .sorted(Comparator.comparing(GoResults::order))
                .toList();
    }

    /** Two packages of Java may stand in one file, whatever their last words are, and two sides, JDKs and VMs. */
    private static String key(GoBenchmark line) {
        return line.isOfJvm()
                ? String.join(
                        "\n",
                        line.setting("pkg", ""),
                        line.setting(GoBenchmark.COLUMN, ""),
                        line.setting("jdk", ""),
                        line.setting("vm", ""))
                : line.group();
    }

    /** Of results of Java the side that comes first is the base, whatever it is called. */
    private String order() {
        return first.isOfJvm() ? "" : group;
    }

    private void add(Path file, GoBenchmark line) {
        Set<String> keys = new TreeSet<>(first.settings().keySet());
        keys.addAll(line.settings().keySet());
        keys.removeAll(MAY_DIFFER);
        for (String key : keys) {
            String here = line.setting(key, "nothing");
            String there = first.setting(key, "nothing");
            if (!here.equals(there)) {
                throw new IllegalArgumentException("\"" + file + "\" has results of " + group + " with " + key + " \""
                        + here + "\", and \"" + firstFile + "\" with \"" + there
                        + "\": they cannot stand in one file");
            }
        }
        commits.add(line.setting("commit", "unknown"));
        List<Object> row = List.of(line.benchmark(), line.params(), line.threads(), line.primaryUnit());
        String fork = line.setting(FORK, file.toString());
        Path other = forks.putIfAbsent(List.of(row, fork), file);
        if (other != null && !other.equals(file)) {
            throw new IllegalArgumentException("\"" + file + "\" and \"" + other + "\" both hold fork " + fork + " of "
                    + line.benchmark() + " " + line.params());
        }
        rows.computeIfAbsent(row, none -> new GoRow(line)).add(fork, line);
    }

    /** What the files of results are called. */
    public String group() {
        return group;
    }

    /** How many rows there are. */
    public int rows() {
        return rows.size();
    }

    /** How many forks the row has that has most. */
    public int forks() {
        return rows.values().stream().mapToInt(GoRow::forks).max().orElse(0);
    }

    /** The version of Go, as in {@code go1.27.3}. */
    public String version() {
        return GoRow.version(first);
    }

    /** All rows, in the shape of JMH's JSON. */
    public String results() {
        return text(
                rows.values().stream().map(row -> row.json(besideOtherColumns)).toList());
    }

    /**
     * Where and how they were measured, with the fields of the record that bench writes. There is no feature release of
     * a JDK: it is 0. What the files do not say is {@code unknown}, or 0.
     *
     * @param jarVersion of what converts them
     */
    public String environment(String jarVersion) {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("release", 0);
        environment.put("jdk", version());
        environment.put("vendor", "Go");
        environment.put("jvm", "Go");
        environment.put("collectors", "Go");
        environment.put("flags", GoRow.flags(first));
        environment.put("cpu", first.setting("cpu", "unknown"));
        environment.put("architecture", first.setting("goarch", "unknown"));
        environment.put("processors", number("processors"));
        environment.put("memoryBytes", number("memory-bytes"));
        environment.put("os", first.setting("os", first.setting("goos", "unknown")));
        environment.put("kernel", first.setting("kernel", "unknown"));
        environment.put("date", first.setting("date", "unknown"));
        environment.put("commit", String.join(", ", commits));
        environment.put("jarVersion", jarVersion);
        environment.put("group", group);
        environment.put("preset", first.setting("preset", "unknown"));
        environment.put("shard", "1/1");
        environment.put("parts", List.of(part()));
        environment.put("rows", rows.size());
        return text(environment);
    }

    private Map<String, Object> part() {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("forks", forks());
        part.put(
                "measurementIterations",
                rows.values().stream().mapToInt(GoRow::iterations).max().orElse(0));
        part.put("measurementTime", GoRow.isOnce(first) ? "single-shot" : first.setting("benchtime", "1s"));
        part.put("only", List.of());
        part.put("params", Map.of());
        return part;
    }

    private long number(String key) {
        String value = first.setting(key, "0");
        return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }

    private static String text(Object json) {
        return Objects.requireNonNull(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json)) + "\n";
    }
}
