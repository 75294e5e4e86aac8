package org.leaklab.bench.run;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.RequiredJvm;
import org.leaklab.bench.memory.RetainedMemory;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** JMH's list of our benchmarks, by group, and the rows that parameters make of it. */
public final class RowList {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.][0-9]+)?");

    /** A benchmark with the values that its annotations give its parameters, ours after JMH's. */
    private record Known(String name, String mode, int forks, SortedMap<String, List<String>> params, RequiredJvm jvm) {
        String group() {
            return Row.group(name);
        }

        boolean isIn(List<String> only) {
            return only.isEmpty()
                    || only.stream()
                            .anyMatch(pattern -> Pattern.compile(pattern)
                                    .matcher(Row.withoutRoot(name))
                                    .find());
        }
    }

    private final List<Known> benchmarks;
    private final int release;

    private RowList(List<Known> benchmarks, int release) {
        this.benchmarks = benchmarks;
        this.release = release;
    }

    /** What can run on a release of the JDK; parameters may name what cannot. */
    public static RowList of(int release) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        List<Known> benchmarks = new ArrayList<>();
        for (BenchmarkListEntry entry : BenchmarkList.defaultList()
                .find(
                        OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT),
                        List.of("^" + Pattern.quote(Row.ROOT)),
                        List.of())) {
            SortedMap<String, List<String>> params = new TreeMap<>();
            entry.getParams().orElse(Map.of()).forEach((name, values) -> params.put(name, List.of(values)));
            RequiredJvm jvm = RequiredJvm.of(entry.getUsername());
            jvm.furtherValues()
                    .forEach((name, further) -> params.computeIfPresent(
                            name,
                            (same, values) -> Stream.of(values, further)
                                    .flatMap(List::stream)
                                    .distinct()
                                    .toList()));
            modes(entry.getMode())
                    .forEach(mode -> benchmarks.add(new Known(
                            entry.getUsername(),
                            mode.shortLabel(),
                            entry.getForks().orElse(Defaults.MEASUREMENT_FORKS),
                            params,
                            jvm)));
        }
        return new RowList(benchmarks, release);
    }

    private static Stream<Mode> modes(Mode mode) {
        return mode == Mode.All ? Arrays.stream(Mode.values()).filter(one -> one != Mode.All) : Stream.of(mode);
    }

    /** The groups, which are the packages of the benchmarks. */
    public SortedSet<String> groups() {
        SortedSet<String> groups = new TreeSet<>();
        benchmarks.forEach(benchmark -> groups.add(benchmark.group()));
        groups.remove("");
        return groups;
    }

    /** The full names of benchmarks that are in no group, which nobody would run. */
    List<String> withoutGroup() {
        return benchmarks.stream()
                .filter(benchmark -> benchmark.group().isEmpty())
                .map(Known::name)
                .toList();
    }

    /**
     * Sees that values of parameters are such as there are.
     *
     * @throws IllegalArgumentException if a benchmark of these groups has no such parameter, or none of them knows the
     *     value; the message says so in a sentence
     */
    public void check(Collection<String> groups, Map<String, List<String>> params) {
        SortedMap<String, Set<String>> known = new TreeMap<>();
        for (Known benchmark : benchmarks) {
            if (groups.contains(benchmark.group())) {
                benchmark.params.forEach((name, values) -> known.computeIfAbsent(name, none -> new LinkedHashSet<>())
                        .addAll(values));
            }
        }
        params.forEach((name, values) -> {
            Set<String> there = known.getOrDefault(name, Set.of());
            if (there.isEmpty()) {
                throw new IllegalArgumentException("no benchmark of " + String.join(", ", groups)
                        + " has a parameter \"" + name + "\": they have " + String.join(", ", known.keySet()));
            }
            for (String value : values) {
                if (!there.contains(value) && !(isNumber(value) && areNumbers(there))) {
                    throw new IllegalArgumentException("\"" + value + "\" is no value of the parameter \"" + name
                            + "\": it is " + (areNumbers(there) ? "a number" : "one of " + String.join(", ", there)));
                }
            }
        });
    }

    /** The same of a part of a preset, with the names of benchmarks that it takes only. */
    void check(String group, Part part) {
        check(List.of(group), part.params());
        for (String pattern : part.only()) {
            if (benchmarks.stream()
                    .noneMatch(benchmark -> benchmark.group().equals(group) && benchmark.isIn(List.of(pattern)))) {
                throw new IllegalArgumentException("no benchmark of " + group + " has \"" + pattern + "\" in its name");
            }
        }
    }

    /** How many forks a row of these has. */
    static int forks(Part part) {
        return Objects.requireNonNull(part.forks(), "rows of a list say how many forks they have");
    }

    /**
     * The rows of a group that are in some part, each with the first part that it is in, which says how many forks it
     * has: as many as the benchmark's annotations where it did not.
     */
    public SortedMap<Row, Part> rows(String group, List<Part> parts) {
        SortedMap<Row, Part> rows = new TreeMap<>();
        for (Part part : parts) {
            for (Known benchmark : benchmarks) {
                if (benchmark.group().equals(group) && benchmark.isIn(part.only())) {
                    for (SortedMap<String, String> params : combinations(benchmark.params, part.params())) {
                        if (RetainedMemory.runsOn(release, params)
                                && benchmark.jvm.obstacle(release, params).isEmpty()) {
                            Part whole = part.forks() == null ? part.with(Map.of(), benchmark.forks) : part;
                            rows.putIfAbsent(new Row(benchmark.name, benchmark.mode, params), whole);
                        }
                    }
                }
            }
        }
        return rows;
    }

    private static List<SortedMap<String, String>> combinations(
            SortedMap<String, List<String>> known, Map<String, List<String>> wanted) {
        List<SortedMap<String, String>> all = List.of(new TreeMap<>());
        for (Map.Entry<String, List<String>> param : known.entrySet()) {
            List<String> values = values(param.getValue(), wanted.get(param.getKey()));
            all = all.stream()
                    .flatMap(fewer -> values.stream().map(value -> {
                        SortedMap<String, String> more = new TreeMap<>(fewer);
                        more.put(param.getKey(), value);
                        return more;
                    }))
                    .toList();
        }
        return all;
    }

    private static List<String> values(List<String> known, @Nullable List<String> wanted) {
        if (wanted == null) {
            return known;
        }
        return wanted.stream()
                .filter(value -> known.contains(value) || isNumber(value) && areNumbers(known))
                .distinct()
                .toList();
    }

    private static boolean areNumbers(Collection<String> values) {
        return values.stream().allMatch(RowList::isNumber);
    }

    private static boolean isNumber(String value) {
        return NUMBER.matcher(value).matches();
    }
}
