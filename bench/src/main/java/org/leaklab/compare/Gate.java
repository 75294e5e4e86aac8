package org.leaklab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Says whether something got worse by more than is allowed, for scripts. It looks at the headline measures; where a
 * reader asked for others only, at those.
 *
 * @param fraction by how much more than this, 0.05 for 5 %
 * @param allowUntested whether it lets pass what too few forks cannot show
 */
public record Gate(double fraction, boolean allowUntested) {

    private static final int PASSED = 0;
    private static final int WORSE = 1;
    private static final int CANNOT_TELL = 2;
    private static final int NAMED = 10;

    /**
     * The answer.
     *
     * @param exit 0 where nothing is worse, 1 where something is, 2 where these results cannot tell
     * @param worse the changes that are forbidden
     * @param sentences why it is not 0
     */
    public record Answer(int exit, List<Change> worse, List<String> sentences) {}

    /** Looks at a comparison. */
    public Answer of(Comparison comparison) {
        boolean headlines = comparison.rows().stream().anyMatch(Comparison.Row::headline);
        List<Comparison.Row> rows = comparison.rows().stream()
                .filter(row -> row.headline() == headlines)
                .toList();
        List<Change> changes = rows.stream().flatMap(Comparison.Row::changes).toList();
        List<Change> worse = changes.stream()
                .filter(change -> change.word() == Judge.Word.SIGNIFICANT && change.isWorseBy(fraction))
                .toList();
        if (!worse.isEmpty()) {
            return new Answer(
                    WORSE, worse, some(worse.stream().map(Gate::sentence).toList()));
        }
        List<String> why = new ArrayList<>(missing(rows));
        changes.stream()
                .filter(change -> change.row().moreIsBetter() == null && change.word() == Judge.Word.SIGNIFICANT)
                .filter(change -> change.size() > Math.log1p(fraction))
                .map(change -> sentence(change) + "; nothing says whether that is worse")
                .forEach(why::add);
        if (!allowUntested) {
            boolean tested = changes.stream().anyMatch(change -> change.now().pValue() != null);
            if (!tested) {
                why.add("nothing could have been significant: there are too few forks, or no raw values"
                        + (comparison.advice().isEmpty()
                                ? ""
                                : "; " + comparison.advice().getFirst())
                        + "; --allow-untested lets it pass");
            }
            changes.stream()
                    .filter(change -> change.word() == Judge.Word.SEPARATED && change.isWorse())
                    .filter(change -> !(change.gain() > 1 / (1 + fraction)))
                    .map(change -> sentence(change) + ", a hint that too few forks can neither prove nor refute")
                    .forEach(why::add);
        }
        return why.isEmpty() ? new Answer(PASSED, List.of(), List.of()) : new Answer(CANNOT_TELL, List.of(), some(why));
    }

    private static List<String> missing(List<Comparison.Row> rows) {
        List<Comparison.Row> missing = rows.stream()
                .filter(row -> row.columns().stream().anyMatch(Objects::isNull))
                .toList();
        return missing.isEmpty()
                ? List.of()
                : List.of(missing.getFirst().name()
                        + (missing.size() == 1 ? " is" : " and " + (missing.size() - 1) + " more measures are")
                        + " on one side only: --missing lists such, --filter chooses what both have");
    }

    private static List<String> some(List<String> sentences) {
        if (sentences.size() <= NAMED) {
            return sentences;
        }
        List<String> some = new ArrayList<>(sentences.subList(0, NAMED));
        some.add("and " + (sentences.size() - NAMED) + " more");
        return some;
    }

    /** What changed, from what to what: a measure is worse, and where that is a hint it looks worse. */
    public static String sentence(Change change) {
        String text = change.text();
        String verb = change.word() == Judge.Word.SIGNIFICANT ? "is" : "looks";
        return change.row().name() + " " + verb + " " + change.direction() + " in "
                + change.now().column() + ": "
                + Figures.one(change.base().value(), change.row().unit()) + " to "
                + Figures.one(change.now().value(), change.row().unit())
                + (text.isEmpty() ? "" : ", " + text)
                + (change.interval().isEmpty() ? "" : " (" + change.interval() + ")") + ", " + change.why();
    }
}
