package org.leaklab.bench.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.table.Table;

/**
 * Scores of the core and its peers: a table a question, a row a cell, a column an implementation.
 *
 * <p>A ratio is a peer's time by leaklab's in the same run, which is leaklab's throughput by the peer's. Its interval
 * is that of the ratios fork by fork; with less than three forks it divides intervals: from the least of the peer by
 * the most of leaklab, to the most of the peer by the least of leaklab. That is wider than a ratio of two independent
 * means would be, and never flatters. What was measured in Go stands as one more column beside each run, with such an
 * interval, and is not counted among the peers.
 */
public final class CoreTable {

    private static final String OURS = CoreScore.OURS;

    private record Cell(String question, String run, String setting, String threads, String carriers) {
        static Cell of(String run, CoreScore score) {
            return new Cell(score.question(), run, score.setting(), score.threads(), score.carriers());
        }
    }

    /** How often leaklab is ahead of a peer, or behind, beyond the errors of both. */
    private static final class Tally {
        private int ahead;
        private int behind;
        private int open;
    }

    private final Map<String, Map<Cell, Map<String, CoreScore>>> questions = new LinkedHashMap<>();
    private final boolean severalRuns;

    /** Sorts scores into cells. */
    public CoreTable(List<CoreScore> scores) {
        Set<String> runs = new LinkedHashSet<>();
        for (CoreScore score : scores) {
            if (!score.isGo()) {
                runs.add(score.run());
                add(score.run(), score);
            }
        }
        Set<String> beside = Set.copyOf(runs);
        for (CoreScore score : scores) {
            if (score.isGo() && beside.isEmpty()) {
                runs.add(score.run());
                add(score.run(), score);
            } else if (score.isGo()) {
                runs.stream().filter(run -> has(run, score)).forEach(run -> add(run, score));
            }
        }
        severalRuns = runs.size() > 1;
    }

    /** Whether a run has a cell that a score of another one can stand in. */
    private boolean has(String run, CoreScore score) {
        return questions.getOrDefault(score.question(), Map.of()).containsKey(Cell.of(run, score));
    }

    private void add(String run, CoreScore score) {
        Cell cell = Cell.of(run, score);
        CoreScore other = questions
                .computeIfAbsent(score.question(), question -> new LinkedHashMap<>())
                .computeIfAbsent(cell, implementations -> new LinkedHashMap<>())
                .put(score.implementation(), score);
        if (other != null) {
            throw new IllegalArgumentException("there are two results for " + score.implementation() + " in "
                    + cell.question + " on " + cell.threads + " threads of " + cell.run);
        }
    }

    /** The lines of all tables. */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        Tally tally = new Tally();
        questions.forEach((question, cells) -> {
            lines.add("### " + question);
            lines.add("");
            lines.addAll(table(cells, tally).markdown());
            lines.add("");
        });
        lines.add(
                "ns/op ± 99.9 % error, less is better; (peer's time / leaklab's time, fork by fork with its 95 % interval, "
                        + "or with less than three forks by dividing the ends of both errors), above 1 leaklab is faster. Against its peers leaklab is ahead in "
                        + tally.ahead
                        + ", behind in " + tally.behind + ", and in " + tally.open + " the intervals cannot tell.");
        return lines;
    }

    private Table table(Map<Cell, Map<String, CoreScore>> cells, Tally tally) {
        Set<String> implementations = new LinkedHashSet<>(List.of(OURS));
        cells.values().forEach(scores -> implementations.addAll(scores.keySet()));
        boolean settings = cells.keySet().stream().anyMatch(cell -> !cell.setting.isEmpty());
        List<String> headings = new ArrayList<>();
        if (severalRuns) {
            headings.add("Run");
        }
        if (settings) {
            headings.add("Setting");
        }
        headings.addAll(List.of("Threads", "Carriers"));
        headings.addAll(implementations);
        Table table = new Table(headings.toArray(String[]::new));
        cells.forEach((cell, scores) -> {
            List<String> row = new ArrayList<>();
            if (severalRuns) {
                row.add(cell.run);
            }
            if (settings) {
                row.add(cell.setting);
            }
            row.addAll(List.of(cell.threads, cell.carriers));
            for (String implementation : implementations) {
                row.add(text(scores.get(implementation), scores.get(OURS), tally));
            }
            table.row(row.toArray());
        });
        return table;
    }

    private static String text(@Nullable CoreScore score, @Nullable CoreScore ours, Tally tally) {
        if (score == null) {
            return "-";
        }
        String format = score.time() < 100 ? "%.1f" : "%,.0f";
        String time = number(format, score.time()) + " ± " + number(format, score.error());
        if (ours == null
                || score.implementation().equals(OURS)
                || score.implementation().equals(CoreScore.BASELINE)) {
            return time;
        }
        CoreScore.Ratio ratio = score.ratioTo(ours);
        if (score.isPeer() && !score.isGo()) {
            if (ratio.low() > 1) {
                tally.ahead++;
            } else if (ratio.high() < 1) {
                tally.behind++;
            } else {
                tally.open++;
            }
        }
        return time + " (" + ratio(ratio.value()) + "x, " + ratio(ratio.low()) + " to " + ratio(ratio.high()) + ")";
    }

    private static String number(String format, double nanos) {
        return Double.isNaN(nanos) ? "?" : String.format(Locale.ROOT, format, nanos);
    }

    private static String ratio(double ratio) {
        return Double.isNaN(ratio) ? "?" : Double.isInfinite(ratio) ? "∞" : String.format(Locale.ROOT, "%.2f", ratio);
    }
}
