package org.leaklab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** What would give an answer where these results give none. */
final class Advice {

    /** So many values have a 95 % interval of their median. */
    private static final int FOR_INTERVAL = IntStream.iterate(1, n -> n + 1)
            .filter(n -> hasInterval(n))
            .findFirst()
            .orElseThrow();

    /** Of fewer measures nothing follows when all go the same way. */
    private static final int FOR_ALL = 20;

    private static final double SHARE_OF_ALL = 0.95;
    private static final double LEVEL = 0.01;

    private Advice() {}

    private static boolean hasInterval(int n) {
        return new Sample(IntStream.range(0, n).asDoubleStream().toArray())
                .interval()
                .isKnown();
    }

    static List<String> of(List<Comparison.Row> rows, List<String> labels, Judge judge) {
        List<String> advice = new ArrayList<>();
        List<Change> changes = rows.stream().flatMap(Comparison.Row::changes).toList();
        List<Change> raw = changes.stream()
                .filter(change -> Math.min(change.base().n(), change.now().n()) > 0)
                .toList();
        long untested =
                raw.stream().filter(change -> change.now().pValue() == null).count();
        int together =
                (int) changes.stream().filter(change -> change.row().headline()).count();
        int alone = judge.fewestForks(Math.max(1, together));
        int four = judge.fewestForks(1);
        if (untested > 0) {
            int forks = raw.stream()
                    .filter(change -> change.now().pValue() == null)
                    .mapToInt(change -> Math.min(change.base().n(), change.now().n()))
                    .min()
                    .orElseThrow();
            advice.add(count(forks, "fork") + (forks == 1 ? " is" : " are") + " too few for a test"
                    + of(untested, changes.size())
                    + ": measure " + four + " on each side (-f " + four + ")"
                    + (alone > four ? ", " + alone + " to see one change alone among " + together : ""));
        }
        List<Change> tested =
                raw.stream().filter(change -> change.now().pValue() != null).toList();
        int fewest = tested.stream()
                .mapToInt(change -> Math.min(change.base().n(), change.now().n()))
                .min()
                .orElse(0);
        boolean noInterval = tested.stream()
                .flatMap(change -> java.util.stream.Stream.of(change.base(), change.now()))
                .anyMatch(column -> column.n() < FOR_INTERVAL);
        if (fewest > 0 && noInterval) {
            advice.add(count(fewest, "fork") + " give no interval of a median: measure " + FOR_INTERVAL);
        }
        boolean held = tested.stream().anyMatch(change -> change.word() == Judge.Word.SEPARATED);
        if (held && untested == 0 && alone > fewest) {
            advice.add("a change alone among " + together + " measures is significant from " + alone
                    + " forks on, and these are " + fewest + ": measure " + alone + ", or choose with --filter");
        }
        for (int at = 1; at < labels.size(); at++) {
            sameDirection(changes, at).ifPresent(advice::add);
        }
        if (labels.size() == 1) {
            advice.add("there is one column, " + labels.getFirst() + ", and nothing to compare it with");
        }
        boolean nothing = labels.size() > 1 && changes.isEmpty();
        if (nothing) {
            advice.add("no measure is in two columns: --missing lists what each has");
        }
        return advice.stream().filter(Objects::nonNull).toList();
    }

    /** Code seldom changes everything. A machine does, or its load; results do not say on which they were measured. */
    private static Optional<String> sameDirection(List<Change> all, int at) {
        List<Change> speeds = all.stream()
                .filter(change -> change.at() == at
                        && change.row().headline()
                        && change.row().isSpeed()
                        && !change.base().file().equals(change.now().file())
                        && Double.isFinite(change.gain()))
                .toList();
        long better =
                speeds.stream().filter(change -> change.gain() > 1 + LEVEL).count();
        long worse = speeds.stream()
                .filter(change -> change.gain() < 1 / (1 + LEVEL))
                .count();
        long most = Math.max(better, worse);
        return speeds.size() < FOR_ALL || most < SHARE_OF_ALL * speeds.size()
                ? Optional.empty()
                : Optional.of(most + " of " + speeds.size() + " measures in "
                        + speeds.getFirst().now().column() + " are " + (better > worse ? "better" : "worse")
                        + ": another machine, load or clock does that too; measure both in turn on one machine");
    }

    private static String of(long some, long all) {
        return some == all ? "" : " of " + some + " measures of " + all;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
