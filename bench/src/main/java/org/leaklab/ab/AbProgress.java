package org.leaklab.ab;

import java.util.List;
import java.util.Locale;

/** Says how far a run is. */
final class AbProgress {

    private final AbRun.End end;

    AbProgress(AbRun.End end) {
        this.end = end;
    }

    /**
     * Before the next pair.
     *
     * @param width half of the widest interval so far
     */
    String line(List<Pair> there, double width) {
        int next = there.size() + 1;
        double taken = seconds(there);
        String most = end.most() == null ? "" : " of at most " + time(end.most().toMillis() / 1e3);
        if (next <= end.pairs()) {
            String left = there.isEmpty()
                    ? ""
                    : ", about " + time(taken / there.size() * (end.pairs() - there.size())) + " left";
            return "pair " + next + " of " + end.pairs() + (end.until() == null ? "" : " or more") + left;
        }
        return "pair " + next + ", " + AbAnswer.width(width) + " so far, after " + time(taken) + most;
    }

    static double seconds(List<Pair> pairs) {
        return pairs.stream().mapToDouble(Pair::seconds).sum();
    }

    static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
