package org.leaklab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.leaklab.core.text.Printable;
import org.leaklab.table.Table;

/** Changes with both values, the ratio, its interval and what can be said: a line each, or two on a narrow terminal. */
final class ChangeTable {

    private static final int LONGEST_HEAD = 24;
    private static final int SHORTER_HEAD = 16;
    private static final int SHORTEST_HEAD = 12;

    /** With less room than this, a name says nothing. */
    private static final int SHORTEST_NAME = 30;

    private final Comparison comparison;
    private final int width;

    /** @param width so many characters has a line at most */
    ChangeTable(Comparison comparison, int width) {
        this.comparison = comparison;
        this.width = width;
    }

    /** The table of some changes. */
    List<String> lines(String title, List<Change> changes) {
        List<String> whole =
                table(title, changes, Comparison.Row::name, LONGEST_HEAD, false).lines();
        if (longest(whole) <= width) {
            return whole;
        }
        int name = changes.stream()
                .mapToInt(change -> Printable.of(change.row().shortName()).length())
                .max()
                .orElse(0);
        for (int head = LONGEST_HEAD; head >= SHORTER_HEAD; head -= LONGEST_HEAD - SHORTER_HEAD) {
            Table shorter = table(title, changes, Comparison.Row::shortName, head, false);
            int room = width - (longest(shorter.lines()) - name);
            if (room >= (head == SHORTER_HEAD ? Math.min(name, SHORTEST_NAME) : name)) {
                return shorter.lines(width);
            }
        }
        return onTwoLines(title, changes);
    }

    private static int longest(List<String> lines) {
        return lines.stream().mapToInt(String::length).max().orElse(0);
    }

    private List<String> onTwoLines(String title, List<Change> changes) {
        List<String> figures =
                table("", changes, row -> "", SHORTEST_HEAD, true).lines(width);
        List<String> lines = new ArrayList<>();
        if (!title.isEmpty()) {
            lines.add(title);
        }
        lines.add(figures.getFirst());
        for (int i = 0; i < changes.size(); i++) {
            lines.add(Table.shortened(Printable.of(changes.get(i).row().shortName()), width));
            lines.add(figures.get(i + 1));
        }
        return lines;
    }

    private Table table(
            String title, List<Change> changes, Function<Comparison.Row, String> name, int longest, boolean narrow) {
        boolean several = comparison.columns().size() > 2;
        Figures base = new Figures();
        Figures now = new Figures();
        changes.forEach(change -> {
            base.add(change.base().value(), change.row().unit());
            now.add(change.now().value(), change.row().unit());
        });
        boolean speeds = changes.stream().allMatch(change -> change.row().isSpeed());
        List<String> heads = new ArrayList<>(List.of(
                title,
                several ? "base" : head(0, longest),
                several ? "value" : head(1, longest),
                speeds ? "speed" : "change",
                changes.stream().allMatch(change -> change.interval().isEmpty()) ? "" : "95 % interval",
                ""));
        if (!narrow) {
            heads.add("");
        }
        if (several) {
            heads.add("in");
        }
        Table table = new Table(heads.toArray(String[]::new)).right(1, 2, 3, 4);
        List<String> bases = base.texts();
        List<String> nows = now.texts();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            List<String> cells = new ArrayList<>(List.of(
                    name.apply(change.row()),
                    bases.get(i),
                    nows.get(i),
                    change.text(),
                    change.interval(),
                    word(change)));
            if (!narrow) {
                cells.add(change.why());
            }
            if (several) {
                cells.add(Table.shortened(change.now().column(), longest));
            }
            table.row(cells.toArray());
        }
        return table;
    }

    /** A heading; where two would look the same, without what all begin with. */
    private String head(int column, int longest) {
        List<String> heads = comparison.columns().stream().map(Printable::of).toList();
        List<String> shortened =
                heads.stream().map(head -> Table.shortened(head, longest)).toList();
        if (Set.copyOf(shortened).size() == Set.copyOf(heads).size()) {
            return shortened.get(column);
        }
        String end = "…" + heads.get(column).substring(alike(heads));
        return end.length() <= longest ? end : end.substring(0, longest - 1) + "…";
    }

    /** So many characters at the start are the same in all, up to where a word ends. */
    private static int alike(List<String> heads) {
        String first = heads.getFirst();
        int alike = 0;
        for (int i = 0; i < first.length(); i++) {
            String start = first.substring(0, i + 1);
            if (!heads.stream().allMatch(head -> head.startsWith(start))) {
                break;
            }
            if ("-_/ ".indexOf(first.charAt(i)) >= 0) {
                alike = i + 1;
            }
        }
        return alike;
    }

    private static String word(Change change) {
        return switch (change.word()) {
            case SIGNIFICANT -> change.direction();
            case SEPARATED, NOT_SEEN, NOT_TESTED -> change.word().toString();
        };
    }
}
