package org.leaklab.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/** Counts the rows of each group, and averages their ratios. */
final class Groups {

    private Groups() {}

    /**
     * A line a group and column. The mean is of how many times better each row is, over all units: a ratio has none.
     * Rows that must not be averaged do not count in it.
     */
    static List<Comparison.Group> of(List<Comparison.Row> rows, List<String> labels) {
        Map<String, List<Comparison.Row>> byGroup = new LinkedHashMap<>();
        rows.forEach(row ->
                byGroup.computeIfAbsent(row.group(), none -> new ArrayList<>()).add(row));
        List<Comparison.Group> groups = new ArrayList<>();
        byGroup.forEach((name, inGroup) -> {
            for (int column = 1; column < labels.size(); column++) {
                int at = column;
                List<Change> changes = inGroup.stream()
                        .flatMap(Comparison.Row::changes)
                        .filter(change -> change.at() == at)
                        .toList();
                if (!changes.isEmpty()) {
                    groups.add(group(name, labels.get(column), changes));
                }
            }
        });
        return groups;
    }

    /** All changes of one column in one line. */
    static Comparison.Group group(String name, String column, List<Change> changes) {
        return new Comparison.Group(
                name,
                column,
                changes.size(),
                count(changes, Judge.Word.SIGNIFICANT, true),
                count(changes, Judge.Word.SIGNIFICANT, false),
                count(changes, Judge.Word.SEPARATED, true),
                count(changes, Judge.Word.SEPARATED, false),
                count(changes, Judge.Word.NOT_SEEN, null),
                count(changes, Judge.Word.NOT_TESTED, null),
                mean(changes));
    }

    private static int count(List<Change> changes, Judge.Word word, @Nullable Boolean better) {
        return (int) changes.stream()
                .filter(change -> change.word() == word)
                .filter(change -> better == null || (better ? change.isBetter() : change.isWorse()))
                .count();
    }

    private static @Nullable Double mean(List<Change> changes) {
        double[] gains = changes.stream()
                .filter(change -> change.row().mean())
                .mapToDouble(Change::gain)
                .filter(Double::isFinite)
                .toArray();
        return gains.length == 0 ? null : StatUtils.geometricMean(gains);
    }
}
