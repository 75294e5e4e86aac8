package org.leaklab.bench.run;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What goes into one file of results: the rows of one shard of one group.
 *
 * @param preset its name
 * @param parts how its rows came about
 * @param rows each with the part that says how it is measured, and how many forks it has
 * @param estimate about how long that takes on two cores
 */
public record Plan(
        String group, String preset, Shard shard, List<Part> parts, SortedMap<Row, Part> rows, Duration estimate) {

    /** The same with no more than the rows of benchmarks in whose names something is found, in a part of the time. */
    public Plan only(Pattern names) {
        SortedMap<Row, Part> some = new TreeMap<>(rows);
        some.keySet()
                .removeIf(
                        row -> !names.matcher(Row.withoutRoot(row.benchmark())).find());
        return new Plan(
                group,
                preset,
                shard,
                parts,
                some,
                estimate.multipliedBy(forks(some)).dividedBy(Math.max(1, forks(rows))));
    }

    /** How many JVMs that takes. */
    public int forks() {
        return forks(rows);
    }

    private static int forks(SortedMap<Row, Part> rows) {
        return rows.values().stream().mapToInt(RowList::forks).sum();
    }

    public Plan {
        parts = List.copyOf(parts);
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    /**
     * Plans a shard of a group.
     *
     * @param params values by name of the parameter, in place of those of the preset
     * @param forks of each row, in place of those of the preset; null leaves them
     * @throws IllegalArgumentException if the preset names what there is not; the message says so in a sentence
     */
    public static Plan of(
            RowList list,
            Preset preset,
            String group,
            Map<String, List<String>> params,
            @Nullable Integer forks,
            Shard shard) {
        Preset.Group wanted = preset.group(group);
        wanted.parts().forEach(part -> list.check(group, part));
        List<Part> parts =
                wanted.parts().stream().map(part -> part.with(params, forks)).toList();
        SortedMap<Row, Part> all = list.rows(group, parts);
        SortedMap<Row, Part> rows = new TreeMap<>(all);
        rows.keySet().retainAll(shard.of(List.copyOf(all.keySet())));
        int usual = Math.max(1, forks(list.rows(group, wanted.parts())));
        Duration estimate =
                Duration.ofSeconds(wanted.seconds()).multipliedBy(forks(rows)).dividedBy(usual);
        return new Plan(group, preset.name(), shard, parts, rows, estimate);
    }
}
