package org.leaklab.ab;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.leaklab.compare.Change;

/**
 * Says whether something got worse by more than is allowed, for scripts.
 *
 * @param fraction 0.05 for 5 %
 */
public record AbGate(double fraction) {

    /**
     * The answer.
     *
     * @param exit 0 where nothing is worse by more, 1 where something is, 2 where these pairs cannot tell
     * @param sentences why it is not 0
     */
    public record Answer(int exit, List<String> sentences) {}

    /** Looks at an answer. */
    public Answer of(AbAnswer answer) {
        if (answer.noVerdict() != null) {
            return new Answer(2, List.of("no verdict: " + answer.noVerdict()));
        }
        List<String> worse = answer.rows().stream()
                .filter(row -> row.isWorseBy(fraction))
                .map(row -> row.name() + " is worse: " + Change.percent(row.ratio() - 1) + " " + row.unit())
                .toList();
        if (!worse.isEmpty()) {
            return new Answer(1, worse);
        }
        String why = answer.rows().stream()
                .filter(row -> row.word() == AbAnswer.Word.NO_VERDICT)
                .map(row -> String.valueOf(row.why()))
                .distinct()
                .collect(Collectors.joining(", "));
        if (!why.isEmpty()) {
            return new Answer(2, List.of("no verdict: " + why));
        }
        List<String> alone = answer.rows().stream()
                .filter(row -> row.wouldBeWorseBy(fraction))
                .map(row -> sentence(row, answer.tested()))
                .toList();
        if (!alone.isEmpty()) {
            return new Answer(2, alone);
        }
        return answer.onOneSide().isEmpty()
                ? new Answer(0, List.of())
                : new Answer(2, List.of("on one side only: " + String.join(", ", answer.onOneSide())));
    }

    /** By itself it is worse, and among so many rows it may be chance. */
    private static String sentence(AbRow row, int tested) {
        int pairs = AbAnswer.pairsForOneAlone(tested);
        return row.name() + " looks worse: " + Change.percent(row.ratio() - 1) + " " + row.unit() + ", p="
                + Change.p(Objects.requireNonNull(row.p())) + " by itself and p="
                + Change.p(Objects.requireNonNull(row.corrected())) + " as one of " + tested + " rows"
                + (pairs > row.n() ? "; one change alone among them shows from " + pairs + " pairs on" : "");
    }
}
