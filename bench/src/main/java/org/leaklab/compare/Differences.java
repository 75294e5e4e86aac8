package org.leaklab.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.leaklab.compare.Projection.Placed;
import org.leaklab.results.Circumstances;
import org.leaklab.results.JmhResult;

/** What was compared, and what else differs between the columns and could explain a change. */
final class Differences {

    private static final int GENERATIONAL = 23; // the release from which ZGC is so by itself

    private static final Set<String> SHOWN_ANYWAY = Set.of(Circumstances.JDK, Circumstances.DATE);

    private final Map<String, List<Placed>> byColumn = new LinkedHashMap<>();
    private final Map<String, Set<Circumstances>> recorded = new LinkedHashMap<>();

    Differences(List<Input> inputs, List<Placed> all, Projection columns, List<String> labels) {
        labels.forEach(label -> {
            byColumn.put(label, new ArrayList<>());
            recorded.put(label, new LinkedHashSet<>());
        });
        all.stream()
                .filter(placed -> byColumn.containsKey(columns.label(placed)))
                .forEach(placed -> byColumn.get(columns.label(placed)).add(placed));
        for (Input input : inputs) {
            for (String label : labels) {
                List<Placed> there = byColumn.get(label);
                if (there.stream().anyMatch(placed -> placed.file().equals(input.name()))) {
                    recorded.get(label).addAll(input.circumstances());
                }
            }
        }
    }

    /** A line a column: what it is. */
    List<String> about() {
        List<String> lines = new ArrayList<>();
        byColumn.forEach((label, there) -> lines.add(Stream.of(
                        facts(there, JmhResult::platform),
                        recordedFact(label, Circumstances.VENDOR),
                        recordedFact(label, Circumstances.COMMIT).replaceFirst("^(?=\\w)(?!not)", "commit "),
                        recordedFact(label, Circumstances.MACHINE),
                        recordedFact(label, Circumstances.DATE))
                .filter(fact -> !fact.isEmpty() && !fact.contains("?") && !fact.equals(Circumstances.UNKNOWN))
                .collect(Collectors.joining(", "))));
        return lines;
    }

    private static String facts(List<Placed> there, Function<JmhResult, String> fact) {
        return there.stream()
                .map(placed -> fact.apply(placed.result()))
                .distinct()
                .limit(3)
                .collect(Collectors.joining(" and "));
    }

    private String recordedFact(String label, String fact) {
        return recorded.get(label).stream()
                .map(there -> there.facts().getOrDefault(fact, Circumstances.UNKNOWN))
                .distinct()
                .limit(2)
                .sorted()
                .collect(Collectors.joining(" to "));
    }

    /** The differences, a sentence each. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        recorded(sentences);
        wholly("VMs differ", result -> result.run().vm(), sentences);
        zgc(sentences);
        byRow("threads differ", result -> result.run().threads(), sentences);
        byRow("options of the JVM differ", Differences::options, sentences);
        byRow("iterations differ", result -> result.run().iterations(), sentences);
        return sentences;
    }

    private void recorded(List<String> sentences) {
        Set<String> names = new LinkedHashSet<>();
        recorded.values()
                .forEach(all -> all.forEach(one -> names.addAll(one.facts().keySet())));
        for (String name : names) {
            Map<String, Set<String>> values = new LinkedHashMap<>();
            recorded.forEach((label, all) -> values.put(
                    label,
                    all.stream()
                            .map(one -> one.facts().getOrDefault(name, Circumstances.UNKNOWN))
                            .collect(Collectors.toCollection(TreeSet::new))));
            values.values().removeIf(Set::isEmpty);
            boolean unknown = values.values().stream().anyMatch(there -> there.contains(Circumstances.UNKNOWN));
            if (unknown && name.equals(Circumstances.COMMIT)) {
                sentences.add("commit not recorded");
            } else if (!SHOWN_ANYWAY.contains(name)
                    && Set.copyOf(values.values()).size() > 1) {
                sentences.add(plural(name) + " differ" + ": " + against(values));
            }
        }
    }

    private static String plural(String name) {
        return name.startsWith("flags") ? name : name + "s";
    }

    /** Each value with the columns that have it. */
    private static String against(Map<String, Set<String>> values) {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        values.forEach((label, there) -> labels.computeIfAbsent(String.join(" and ", there), none -> new ArrayList<>())
                .add(label));
        return values.size() == 2
                ? String.join(" against ", labels.keySet())
                : labels.entrySet().stream()
                        .map(value -> value.getKey() + " (" + String.join(", ", value.getValue()) + ")")
                        .collect(Collectors.joining(" against "));
    }

    private void wholly(String what, Function<JmhResult, String> fact, List<String> sentences) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        byColumn.forEach((label, there) -> values.put(
                label,
                there.stream()
                        .map(placed -> fact.apply(placed.result()))
                        .collect(Collectors.toCollection(TreeSet::new))));
        values.values().removeIf(there -> there.isEmpty() || there.contains("?") || there.contains(""));
        if (Set.copyOf(values.values()).size() > 1) {
            sentences.add(what + ": " + against(values));
        }
    }

    private void zgc(List<String> sentences) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        byColumn.forEach((label, there) -> values.put(
                label,
                there.stream()
                        .map(Placed::result)
                        .filter(result -> result.jvmArgs().contains("-XX:+UseZGC"))
                        .map(result -> isGenerational(result) ? "generational" : "not generational")
                        .collect(Collectors.toCollection(TreeSet::new))));
        values.values().removeIf(Set::isEmpty);
        if (Set.copyOf(values.values()).size() > 1) {
            sentences.add("ZGC: " + against(values));
        }
    }

    private static boolean isGenerational(JmhResult result) {
        String release = result.jdk().replaceFirst("^1\\.", "").replaceFirst("\\D.*", "");
        return result.jvmArgs().contains("-XX:+ZGenerational")
                || (release.length() < 4
                        && !release.isEmpty()
                        && Integer.parseInt(release) >= GENERATIONAL
                        && !result.jvmArgs().contains("-XX:-ZGenerational"));
    }

    private static String options(JmhResult result) {
        String own = result.jvmArgs().stream()
                .filter(option -> !option.startsWith("-Djmh."))
                .collect(Collectors.joining(" "));
        return own.isEmpty() ? "none" : own;
    }

    private record Name(String benchmark, String mode, Map<String, String> params) {}

    /** Where rows that stand in the first column and in another were run in another way. */
    private void byRow(String what, Function<JmhResult, String> fact, List<String> sentences) {
        List<Map<Name, Set<String>>> columns = new ArrayList<>();
        if (byColumn.isEmpty()) {
            return;
        }
        byColumn.values().forEach(there -> {
            Map<Name, Set<String>> values = new LinkedHashMap<>();
            there.stream()
                    .map(Placed::result)
                    .forEach(result -> values.computeIfAbsent(
                                    new Name(result.benchmark(), result.mode(), result.params()),
                                    none -> new TreeSet<>())
                            .add(fact.apply(result)));
            columns.add(values);
        });
        Map<Name, Set<String>> base = columns.getFirst();
        for (int i = 1; i < columns.size(); i++) {
            Map<Name, Set<String>> now = columns.get(i);
            List<Name> both = base.keySet().stream().filter(now::containsKey).toList();
            List<Name> differ = both.stream()
                    .filter(name -> isKnown(base.get(name)) && isKnown(now.get(name)))
                    .filter(name -> !base.get(name).equals(now.get(name)))
                    .toList();
            if (!differ.isEmpty()) {
                Name first = differ.getFirst();
                String of = columns.size() > 2
                        ? " (" + List.copyOf(byColumn.keySet()).get(i) + ")"
                        : "";
                String rows =
                        differ.size() == both.size() ? "" : " in " + differ.size() + " of " + both.size() + " rows";
                boolean alike = differ.stream()
                        .allMatch(name -> base.get(name).equals(base.get(first))
                                && now.get(name).equals(now.get(first)));
                sentences.add(what + of + rows + (alike ? ": " : ", as ")
                        + apart(base.get(first), now.get(first)) + " against "
                        + apart(now.get(first), base.get(first)));
            }
        }
    }

    /** What one side has and the other has not; of options of a JVM that are many only those. */
    private static String apart(Set<String> values, Set<String> others) {
        Set<String> shared = others.stream().flatMap(Differences::options).collect(Collectors.toSet());
        return values.stream()
                .map(value -> value.startsWith("-")
                        ? options(value)
                                .filter(option -> !shared.contains(option))
                                .collect(Collectors.joining(" "))
                        : value)
                .map(own -> own.isEmpty() ? "none" : own)
                .collect(Collectors.joining(" and "));
    }

    private static Stream<String> options(String all) {
        return Stream.of(all.split(" (?=-)", -1));
    }

    private static boolean isKnown(Set<String> values) {
        return values.stream().noneMatch(value -> value.contains("?"));
    }
}
