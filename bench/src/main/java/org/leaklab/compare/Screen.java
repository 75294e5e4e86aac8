package org.leaklab.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.leaklab.core.text.Printable;
import org.leaklab.table.Table;

/** A comparison for a terminal: the answer first, on one screen; or all of it. */
public final class Screen {

    private static final int LINES = 60;
    private static final int MOST_ROWS = 10;
    private static final int ROWS_WITHOUT_CHOICE = 24;
    private static final int MOST_COLUMNS = 5;

    private final Comparison comparison;
    private final int width;

    /** @param width so many characters has a line at most */
    public Screen(Comparison comparison, int width) {
        this.comparison = comparison;
        this.width = width;
    }

    /** The answer, at most 60 lines. */
    public List<String> answer() {
        List<String> lines = List.of();
        for (int rows = MOST_ROWS; rows > 0; rows--) {
            lines = answer(rows);
            if (lines.size() <= LINES) {
                return lines;
            }
        }
        List<String> cut = new ArrayList<>(lines.subList(0, LINES - 1));
        cut.add("… " + (lines.size() - cut.size()) + " lines more: --all shows every row");
        return cut;
    }

    /** Every row, a table a group. */
    public List<String> all() {
        List<String> lines = new ArrayList<>(head());
        Map<String, List<Comparison.Row>> groups = new LinkedHashMap<>();
        comparison
                .rows()
                .forEach(row -> groups.computeIfAbsent(row.group(), none -> new ArrayList<>())
                        .add(row));
        groups.forEach((name, rows) -> {
            lines.add("");
            List<Change> changes =
                    rows.stream().flatMap(Comparison.Row::changes).toList();
            section(lines, name, changes);
            long oneSided = rows.stream()
                    .filter(row -> row.changes().findAny().isEmpty())
                    .count();
            if (oneSided > 0) {
                lines.add(
                        "  " + count(oneSided, "measure") + " of " + name + " on one side only: --missing lists them");
            }
        });
        notes(lines);
        return lines;
    }

    /** What is on one side only, by group. */
    public List<String> missing() {
        List<String> lines = new ArrayList<>();
        missingByColumn((label, rows) -> {
            lines.add("not in " + label + ": " + count(rows.size(), "measure"));
            rows.forEach(row ->
                    lines.add("  " + Table.shortened(row.group() + "  " + Printable.of(row.name()), width - 2)));
        });
        return lines.isEmpty() ? List.of("nothing is on one side only") : lines;
    }

    private interface Missing {
        void from(String label, List<Comparison.Row> rows);
    }

    private void missingByColumn(Missing missing) {
        for (int i = 0; i < comparison.columns().size(); i++) {
            int column = i;
            List<Comparison.Row> rows = comparison.rows().stream()
                    .filter(row -> row.columns().get(column) == null)
                    .sorted(Comparator.comparing(Comparison.Row::group))
                    .toList();
            if (!rows.isEmpty()) {
                missing.from(comparison.columns().get(i), rows);
            }
        }
    }

    private List<String> answer(int rows) {
        List<String> lines = head();
        List<Change> changes = comparison.changes().toList();
        List<Comparison.Group> groups = comparison.groups();
        if (groups.stream().anyMatch(group -> group.measures() > 1) && !isOfMany()) {
            lines.add("");
            groups(lines, rows);
        }
        if (changes.size() <= ROWS_WITHOUT_CHOICE) {
            if (!changes.isEmpty()) {
                lines.add("");
                section(lines, "", changes);
            }
        } else {
            chosen(lines, changes, rows);
        }
        notes(lines);
        return lines;
    }

    /** So many columns have a line each of a table, and no sentences. */
    private boolean isOfMany() {
        return comparison.columns().size() > MOST_COLUMNS;
    }

    private List<String> head() {
        List<String> lines = new ArrayList<>();
        List<String> columns = comparison.columns();
        boolean alike = isOfMany() && Set.copyOf(comparison.about()).size() == 1;
        int shown = alike ? 1 : isOfMany() ? MOST_COLUMNS : columns.size();
        int longest =
                columns.stream().limit(shown).mapToInt(String::length).max().orElse(0);
        for (int i = 0; i < shown; i++) {
            String label = Table.shortened(Printable.of(comparison.columns().get(i)), Math.max(20, width / 3));
            lines.add(cut((i == 0 ? "base  " : "      ") + label
                    + " ".repeat(Math.max(0, Math.min(longest, width / 3) - label.length())) + "  "
                    + comparison.about().get(i)));
        }
        if (shown < columns.size()) {
            lines.addAll(wrapped("      and " + (columns.size() - shown) + " other columns: "
                    + Printable.of(String.join(", ", columns.subList(shown, columns.size())))));
        }
        comparison.differences().forEach(difference -> lines.add(cut("! " + Printable.of(difference))));
        lines.add("");
        if (isOfMany()) {
            lines.addAll(new ColumnTable(comparison).lines(width));
            return lines;
        }
        counts(lines);
        missingByColumn((label, rows) -> lines.add(cut("not in " + label + ": " + count(rows.size(), "measure") + " ("
                + rows.stream()
                        .collect(
                                Collectors.groupingBy(Comparison.Row::group, LinkedHashMap::new, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(group -> group.getKey() + " " + group.getValue())
                        .limit(4)
                        .collect(Collectors.joining(", "))
                + "); --missing lists them")));
        return lines;
    }

    private void counts(List<String> lines) {
        for (int i = 1; i < comparison.columns().size(); i++) {
            String label = comparison.columns().get(i);
            int at = i;
            List<Change> changes =
                    comparison.changes().filter(change -> change.at() == at).toList();
            long better = changes.stream()
                    .filter(is(Judge.Word.SIGNIFICANT).and(Change::isBetter))
                    .count();
            long worse = changes.stream()
                    .filter(is(Judge.Word.SIGNIFICANT).and(Change::isWorse))
                    .count();
            long other = changes.stream().filter(is(Judge.Word.SIGNIFICANT)).count() - better - worse;
            long hints = changes.stream().filter(is(Judge.Word.SEPARATED)).count();
            long notSeen = changes.stream().filter(is(Judge.Word.NOT_SEEN)).count();
            long notTested = changes.stream().filter(is(Judge.Word.NOT_TESTED)).count();
            lines.addAll(wrapped(label + ": " + count(changes.size(), "measure") + ", " + better
                    + " significantly better, " + worse
                    + " worse"
                    + (other == 0 ? "" : ", " + other + " more or less")
                    + (hints == 0 ? "" : "; separated, a hint: " + hints(changes))
                    + "; no difference seen in " + notSeen
                    + (notTested == 0 ? "" : "; not tested " + notTested + ", for one value a side says nothing")));
        }
    }

    private static String hints(List<Change> changes) {
        List<Change> hints = changes.stream().filter(is(Judge.Word.SEPARATED)).toList();
        long better = hints.stream().filter(Change::isBetter).count();
        long worse = hints.stream().filter(Change::isWorse).count();
        long other = hints.size() - better - worse;
        return better + " better, " + worse + " worse" + (other == 0 ? "" : ", " + other + " more or less");
    }

    private static Predicate<Change> is(Judge.Word word) {
        return change -> change.word() == word;
    }

    private void groups(List<String> lines, int rows) {
        int most = Math.max(6, rows + 4);
        GroupTable table = new GroupTable(comparison);
        lines.addAll(table.of(most, width).lines(width));
        if (most < table.size()) {
            lines.add("… and " + count(table.size() - most, "group") + " more");
        }
    }

    private void chosen(List<String> lines, List<Change> changes, int rows) {
        List<Change> seen = changes.stream()
                .filter(is(Judge.Word.SIGNIFICANT).or(is(Judge.Word.SEPARATED)))
                .sorted(Comparator.comparingDouble(change -> -change.size()))
                .toList();
        List<Change> speeds =
                seen.stream().filter(change -> change.row().isSpeed()).toList();
        top(lines, "worst", speeds.stream().filter(Change::isWorse).toList(), rows);
        top(lines, "best", speeds.stream().filter(Change::isBetter).toList(), rows);
        Map<String, List<Change>> amounts = seen.stream()
                .filter(change -> !change.row().isSpeed())
                .collect(Collectors.groupingBy(
                        change -> Unit.of(change.row().unit()).dimension(), LinkedHashMap::new, Collectors.toList()));
        amounts.forEach((dimension, of) ->
                top(lines, Unit.of(of.getFirst().row().unit()).title(), of, Math.max(2, rows / 2)));
        if (seen.isEmpty()) {
            top(
                    lines,
                    changes.stream().allMatch(is(Judge.Word.NOT_TESTED))
                            ? "not tested; the largest"
                            : "none separated; the largest",
                    changes.stream()
                            .filter(change -> change.size() > 0)
                            .sorted(Comparator.comparingDouble(change -> -change.size()))
                            .toList(),
                    rows / 2);
        }
    }

    private void top(List<String> lines, String title, List<Change> changes, int rows) {
        if (!changes.isEmpty() && rows > 0) {
            lines.add("");
            int shown = Math.min(rows, changes.size());
            section(
                    lines,
                    shown < changes.size() ? title + ", " + shown + " of " + changes.size() : title,
                    changes.subList(0, shown));
        }
    }

    private void section(List<String> lines, String title, List<Change> changes) {
        lines.addAll(new ChangeTable(comparison, width).lines(title, changes));
    }

    private void notes(List<String> lines) {
        List<String> all = Stream.concat(comparison.advice().stream(), comparison.notes().stream())
                .toList();
        if (!all.isEmpty()) {
            lines.add("");
            all.forEach(note -> lines.addAll(wrapped(Printable.of(note))));
        }
    }

    /** A sentence on lines, the second and the following ones indented; a note never has more than four. */
    private List<String> wrapped(String sentence) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ", -1)) {
            String cut = Table.shortened(word, width - 4);
            if (line.length() + cut.length() + 1 > width) {
                lines.add(line.toString());
                line = new StringBuilder(" ");
            }
            line.append(line.isEmpty() ? "" : " ").append(cut);
        }
        lines.add(line.toString());
        return lines.size() <= 4
                ? lines
                : Stream.concat(lines.stream().limit(3), Stream.of("  …")).toList();
    }

    private String cut(String line) {
        String printed = Printable.of(line);
        return printed.length() <= width ? printed : printed.substring(0, width - 1) + "…";
    }

    static String count(long number, String what) {
        return String.format(java.util.Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }
}
