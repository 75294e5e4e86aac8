package org.leaklab.compare;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.leaklab.core.text.Printable;
import org.leaklab.table.Table;

/** A comparison as a comment on a pull request: a verdict, what changed, and the rest folded. */
public final class PullRequest {

    /** By which a script finds the comment that it wrote before. */
    public static final String MARKER = "<!-- leaklab compare -->";

    private static final int MOST_BYTES = 60_000;
    private static final int ANNOTATIONS = 10; // of a kind and step; GitHub drops the others
    private static final int LONGEST_NAME = 120;

    private final Comparison comparison;
    private final Gate.Answer gate;

    /** @param gate what was said of it; passed where nobody asked */
    public PullRequest(Comparison comparison, Gate.Answer gate) {
        this.comparison = comparison;
        this.gate = gate;
    }

    /** The page, at most 60 kB. */
    public List<String> markdown() {
        List<Change> all = comparison.changes().toList();
        List<Change> changed = all.stream()
                .filter(PullRequest::isSeen)
                .sorted(Comparator.comparing(Change::isBetter)
                        .thenComparing(Comparator.comparingDouble((Change change) -> -change.size())))
                .toList();
        List<Change> rest = all.stream().filter(change -> !isSeen(change)).toList();
        int most = Math.max(changed.size(), rest.size());
        List<String> page = page(changed, rest, most);
        while (most > 1 && size(page) > MOST_BYTES) {
            most = most * 3 / 4;
            page = page(changed, rest, most);
        }
        return page;
    }

    private static int size(List<String> lines) {
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isSeen(Change change) {
        return change.word() == Judge.Word.SIGNIFICANT || change.word() == Judge.Word.SEPARATED;
    }

    private List<String> page(List<Change> changed, List<Change> rest, int most) {
        List<String> lines = new ArrayList<>(List.of(MARKER, verdict(), ""));
        for (int i = 0; i < comparison.columns().size(); i++) {
            lines.add("- " + (i == 0 ? "base " : "") + text(comparison.columns().get(i)) + ": "
                    + text(comparison.about().get(i)));
        }
        comparison.differences().forEach(difference -> lines.add("- :warning: " + text(difference)));
        if (gate.worse().isEmpty()) { // those stand in the table
            gate.sentences().forEach(sentence -> lines.add("- " + text(sentence)));
        }
        if (!changed.isEmpty()) {
            lines.add("");
            lines.addAll(table(changed, most));
        }
        fold(
                lines,
                rest.size() + " measures without a difference that was seen",
                rest.isEmpty() ? List.of() : table(rest, most));
        List<String> missing = comparison
                .missing()
                .limit(most)
                .map(row -> "- " + text(row.name()))
                .toList();
        fold(lines, comparison.missing().count() + " measures on one side only", missing);
        List<String> notes = Stream.concat(comparison.advice().stream(), comparison.notes().stream())
                .map(note -> "- " + text(note))
                .toList();
        fold(lines, "Notes", notes);
        return lines;
    }

    private static void fold(List<String> lines, String title, List<String> inside) {
        if (!inside.isEmpty()) {
            lines.addAll(List.of("", "<details><summary>" + title + "</summary>", ""));
            lines.addAll(inside);
            lines.addAll(List.of("", "</details>"));
        }
    }

    private String verdict() {
        long seen = count(Judge.Word.SIGNIFICANT);
        long better = comparison
                .changes()
                .filter(change -> change.word() == Judge.Word.SIGNIFICANT && change.isBetter())
                .count();
        long hints = count(Judge.Word.SEPARATED);
        long worse = comparison
                .changes()
                .filter(change -> change.word() == Judge.Word.SIGNIFICANT && change.isWorse())
                .count();
        String gated = switch (gate.exit()) {
            case 1 -> ":x: ";
            case 2 -> ":grey_question: ";
            default -> "";
        };
        return gated + "**" + worse + " worse, " + better + " better**"
                + (seen == better + worse ? "" : ", " + (seen - better - worse) + " more or less")
                + (hints == 0 ? "" : ", " + hints + " separated (a hint)") + " of "
                + comparison.changes().count() + " measures; no difference seen in " + count(Judge.Word.NOT_SEEN)
                + (count(Judge.Word.NOT_TESTED) == 0 ? "" : ", not tested " + count(Judge.Word.NOT_TESTED)) + ".";
    }

    private long count(Judge.Word word) {
        return comparison.changes().filter(change -> change.word() == word).count();
    }

    private List<String> table(List<Change> changes, int most) {
        Table table = new Table("measure", "in", "base", "now", "change", "95 % interval", "", "p");
        changes.stream()
                .limit(most)
                .forEach(change -> table.row(
                        html(Table.shortened(change.row().name(), LONGEST_NAME)),
                        html(change.now().column()),
                        Figures.one(change.base().value(), change.row().unit()),
                        Figures.one(change.now().value(), change.row().unit()),
                        change.text(),
                        change.interval(),
                        change.word() == Judge.Word.SIGNIFICANT
                                ? change.isWorse() ? "**worse**" : change.direction()
                                : change.word().toString(),
                        change.why()));
        List<String> lines = new ArrayList<>(table.markdown());
        if (changes.size() > most) {
            lines.addAll(List.of("", "… and " + (changes.size() - most) + " more"));
        }
        return lines;
    }

    private static String html(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("`", "&#96;");
    }

    private static String text(String text) {
        return html(Printable.of(text)).replace("|", "\\|");
    }

    /** Commands for GitHub's runner, that shows them beside the code: at most ten of a kind. */
    public List<String> annotations() {
        List<String> lines = new ArrayList<>();
        gate.worse().stream().limit(ANNOTATIONS).forEach(change -> lines.add(command("error", change)));
        worse(Judge.Word.SIGNIFICANT)
                .filter(change -> !gate.worse().contains(change))
                .limit(ANNOTATIONS)
                .forEach(change -> lines.add(command("warning", change)));
        worse(Judge.Word.SEPARATED)
                .limit(ANNOTATIONS)
                .forEach(change -> lines.add(command("notice", change) + " (separated, a hint)"));
        if (gate.exit() == 2) {
            lines.add("::error title=compare cannot tell::"
                    + escaped(gate.sentences().stream().collect(Collectors.joining("; "))));
        }
        return lines;
    }

    private Stream<Change> worse(Judge.Word word) {
        return comparison.changes().filter(change -> change.word() == word && change.isWorse());
    }

    private static String command(String kind, Change change) {
        String title = escaped(change.row().name()).replace(":", "%3A").replace(",", "%2C");
        return "::" + kind + " title=" + title + "::" + escaped(Gate.sentence(change));
    }

    private static String escaped(String text) {
        return Printable.of(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
