package org.leaklab.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.leaklab.core.text.Printable;
import org.leaklab.table.Table;

/** A line a group: what became better and worse, and the mean; of several columns a cell each. */
final class GroupTable {

    private static final int WIDE = 100;

    private final Comparison comparison;
    private final Map<String, List<Comparison.Group>> byName = new LinkedHashMap<>();

    GroupTable(Comparison comparison) {
        this.comparison = comparison;
        comparison
                .groups()
                .forEach(group -> byName.computeIfAbsent(group.group(), none -> new ArrayList<>())
                        .add(group));
    }

    /** How many groups there are. */
    int size() {
        return byName.size();
    }

    /** The first groups, with shorter headings on a narrow terminal. */
    Table of(int most, int width) {
        return comparison.columns().size() > 2 ? meansByColumn(most) : countsOfOne(most, width < WIDE);
    }

    private Table countsOfOne(int most, boolean narrow) {
        boolean hints = comparison.groups().stream().anyMatch(group -> group.hintsBetter() + group.hintsWorse() > 0);
        List<String> heads = new ArrayList<>(List.of("group", "measures", "better", "worse"));
        if (hints) {
            heads.addAll(narrow ? List.of("hints +", "-") : List.of("hints better", "worse"));
        }
        heads.addAll(List.of("not seen", narrow ? "mean" : "mean, over 1 is better"));
        Table table = new Table(heads.toArray(String[]::new)).right(1, 2, 3, 4, 5, 6, 7);
        byName.values().stream().limit(most).map(List::getFirst).forEach(group -> {
            List<Object> cells =
                    new ArrayList<>(List.of(group.group(), group.measures(), group.better(), group.worse()));
            if (hints) {
                cells.addAll(List.of(group.hintsBetter(), group.hintsWorse()));
            }
            cells.addAll(List.of(group.notSeen(), mean(group)));
            table.row(cells.toArray());
        });
        return table;
    }

    private Table meansByColumn(int most) {
        boolean onlyHints = comparison.groups().stream().allMatch(group -> group.better() + group.worse() == 0)
                && comparison.groups().stream().anyMatch(group -> group.hintsBetter() + group.hintsWorse() > 0);
        List<String> heads = new ArrayList<>(
                List.of("mean, over 1 is better; " + (onlyHints ? "hints better, worse" : "better, worse")));
        comparison.columns().stream()
                .skip(1)
                .map(label -> Table.shortened(Printable.of(label), 18))
                .forEach(heads::add);
        Table table = new Table(heads.toArray(String[]::new))
                .right(IntStream.range(1, heads.size()).toArray());
        byName.entrySet().stream().limit(most).forEach(entry -> {
            List<String> cells = new ArrayList<>(List.of(entry.getKey()));
            comparison.columns().stream()
                    .skip(1)
                    .forEach(label -> cells.add(entry.getValue().stream()
                            .filter(group -> group.column().equals(label))
                            .findFirst()
                            .map(group -> mean(group)
                                    + (onlyHints
                                            ? " +" + group.hintsBetter() + " -" + group.hintsWorse()
                                            : " +" + group.better() + " -" + group.worse()))
                            .orElse("")));
            table.row(cells.toArray());
        });
        return table;
    }

    private static String mean(Comparison.Group group) {
        Double mean = group.mean();
        return mean == null ? "-" : Change.times(mean);
    }
}
