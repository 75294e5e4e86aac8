package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.leaklab.bench.core.CoreHeadlines;
import org.leaklab.bench.core.CoreScore;
import org.leaklab.compare.Change;
import org.leaklab.compare.Compare;
import org.leaklab.compare.Comparison;

/**
 * The worst that a side brought, farthest first: what a reader must know before what got better. Peers of the core come
 * last, for how a library of others does on a JDK is not what is asked.
 *
 * @param columns their names; the first is the base
 * @param rows those in which something could be held against the base
 */
record WorstChanges(List<String> columns, List<Comparison.Row> rows) {

    private static final int MOST = 3;

    /** What a headline of the core has in place of a benchmark. */
    private static final String CORE = new CoreHeadlines().group();

    /** A sentence each; none where nothing was tested. */
    List<String> findings() {
        List<Change> worse = rows.stream()
                .flatMap(Comparison.Row::changes)
                .filter(change -> change.now().significant() && change.isWorse())
                .sorted(Comparator.comparing((Change change) -> isOfAPeer(change.row()))
                        .thenComparing(Comparator.comparingDouble(Change::size).reversed()))
                .toList();
        boolean tested = rows.stream()
                .flatMap(Comparison.Row::changes)
                .anyMatch(change -> change.now().pValue() != null);
        if (worse.isEmpty()) {
            return tested
                    ? List.of("No measure is significantly worse than on " + columns.getFirst() + ".")
                    : List.of();
        }
        List<String> findings = new ArrayList<>();
        if (isOfAPeer(worse.getFirst().row())) {
            findings.add("Nothing but peers of the core is significantly worse than on " + columns.getFirst() + ".");
        }
        worse.stream().limit(MOST).map(this::sentence).forEach(findings::add);
        return findings;
    }

    /** Whether a row is of another implementation than leaklab's, which is measured beside it. */
    private static boolean isOfAPeer(Comparison.Row row) {
        return row.benchmark().equals(CORE)
                && CoreScore.isPeer(row.params().getOrDefault("implementation", CoreScore.OURS));
    }

    private String sentence(Change change) {
        String interval = change.interval();
        return "Worse on " + columns.get(change.at()) + " than on " + columns.getFirst()
                + (isOfAPeer(change.row()) ? ", a peer of the core: " : ": ")
                + words(change.row()) + ", " + Numbers.digits(change.base().value()) + " to "
                + Numbers.digits(change.now().value()) + " " + change.row().unit() + ", " + change.text() + " ("
                + (interval.isEmpty() ? "" : interval + ", ") + change.why() + ").";
    }

    /** A declared measure with the values of its parameters, which say enough; else the name of the row. */
    private static String words(Comparison.Row row) {
        return row.metric().equals(Compare.PRIMARY) || row.params().isEmpty()
                ? row.name()
                : row.metric() + " (" + String.join(", ", row.params().values()) + ")";
    }
}
