package org.leaklab.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.compare.Projection.Placed;

/**
 * Tells apart what one column holds twice. Threads, JDK, VM and options of the JVM are no part of the name of a
 * benchmark; but if a column has the same benchmark with two of them, their forks are not forks of one thing.
 */
final class WaysOfRunning {

    private enum Way {
        THREADS(Projection.Key.THREADS),
        JDK(Projection.Key.JDK),
        VM(Projection.Key.VM),
        OPTIONS(null);

        private final Projection.@Nullable Key key;

        Way(Projection.@Nullable Key key) {
            this.key = key;
        }

        private String words(Placed placed) {
            return switch (this) {
                case THREADS -> "-t " + placed.result().run().threads();
                case JDK -> placed.result().platform();
                case VM -> placed.result().run().vm();
                case OPTIONS -> String.join(" ", placed.result().jvmArgs());
            };
        }
    }

    private record Name(String benchmark, String mode, Map<String, String> params) {}

    private final Projection rows;
    private final Projection columns;
    private final Map<Name, Set<Way>> differ = new HashMap<>();
    private final Map<Name, Set<String>> sharedOptions = new HashMap<>();

    WaysOfRunning(List<Placed> all, Projection rows, Projection columns) {
        this.rows = rows;
        this.columns = columns;
        Map<Name, Map<String, List<Placed>>> byName = new LinkedHashMap<>();
        for (Placed placed : all) {
            byName.computeIfAbsent(name(placed), none -> new LinkedHashMap<>())
                    .computeIfAbsent(columns.label(placed), none -> new ArrayList<>())
                    .add(placed);
        }
        byName.forEach((name, byColumn) -> byColumn.values().forEach(same -> note(name, same)));
    }

    private Name name(Placed placed) {
        return new Name(rows.name(placed), rows.of(Projection.Key.MODE, placed), rows.params(placed));
    }

    private void note(Name name, List<Placed> same) {
        for (Way way : Way.values()) {
            boolean taken = way.key != null && (columns.has(way.key) || rows.has(way.key));
            if (!taken && same.stream().map(way::words).distinct().count() > 1 && hasOneParameterSet(same, way)) {
                differ.computeIfAbsent(name, none -> new HashSet<>()).add(way);
            }
        }
        if (differ.getOrDefault(name, Set.of()).contains(Way.OPTIONS)) {
            Set<String> shared = sharedOptions.computeIfAbsent(
                    name, none -> new HashSet<>(same.getFirst().result().jvmArgs()));
            same.forEach(placed -> shared.retainAll(placed.result().jvmArgs()));
        }
    }

    /** Options often follow from parameters; where those are pooled because a reader says so, so are the options. */
    private static boolean hasOneParameterSet(List<Placed> same, Way way) {
        return way != Way.OPTIONS
                || same.stream()
                                .map(placed -> placed.result().params())
                                .distinct()
                                .count()
                        == 1;
    }

    /** How a result was run, where that tells it from another in a column; mostly nothing. */
    List<String> of(Placed placed) {
        Name name = name(placed);
        List<String> words = new ArrayList<>();
        for (Way way : Way.values()) {
            if (differ.getOrDefault(name, Set.of()).contains(way)) {
                words.add(way == Way.OPTIONS ? options(name, placed) : way.words(placed));
            }
        }
        return words;
    }

    private String options(Name name, Placed placed) {
        Set<String> shared = sharedOptions.getOrDefault(name, Set.of());
        String own = placed.result().jvmArgs().stream()
                .filter(option -> !shared.contains(option))
                .collect(Collectors.joining(" "));
        return own.isEmpty() ? "(no options)" : own;
    }
}
