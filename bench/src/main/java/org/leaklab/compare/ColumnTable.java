package org.leaklab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.leaklab.table.Table;

/** A line a column, where there are many: what became better and worse in it, against the first. */
final class ColumnTable {

    private static final int MOST = 20;

    private final Comparison comparison;

    ColumnTable(Comparison comparison) {
        this.comparison = comparison;
    }

    List<String> lines(int width) {
        Table table = new Table(
                        "against " + comparison.columns().getFirst(),
                        "measures",
                        "better",
                        "worse",
                        "hints better",
                        "worse",
                        "not seen",
                        "not tested",
                        "mean")
                .right(1, 2, 3, 4, 5, 6, 7, 8);
        int shown = 0;
        int alone = 0;
        for (int i = 1; i < comparison.columns().size(); i++) {
            int at = i;
            List<Change> changes =
                    comparison.changes().filter(change -> change.at() == at).toList();
            if (changes.isEmpty()) {
                alone++;
            } else if (shown++ < MOST) {
                table.row(cells(comparison.columns().get(i), changes));
            }
        }
        List<String> lines = new ArrayList<>(shown == 0 ? List.of() : table.lines(width));
        if (shown > MOST) {
            lines.add("… and " + (shown - MOST) + " columns more");
        }
        if (alone > 0) {
            lines.add(Screen.count(alone, "column")
                    + " with no measure of the first: the first that --filter leaves a row of is the base");
        }
        return lines;
    }

    private static Object[] cells(String column, List<Change> changes) {
        Comparison.Group all = Groups.group("", column, changes);
        Double mean = all.mean();
        return new Object[] {
            column,
            String.format(Locale.ROOT, "%,d", all.measures()),
            all.better(),
            all.worse(),
            all.hintsBetter(),
            all.hintsWorse(),
            all.notSeen(),
            all.notTested(),
            mean == null ? "-" : Change.times(mean)
        };
    }
}
