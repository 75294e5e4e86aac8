package org.leaklab.ab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.run.Row;
import org.leaklab.compare.FalseDiscoveries;
import org.leaklab.compare.SignFlip;

/**
 * What pairs show. Disturbed pairs do not count: that the ruler moved says nothing of which side was faster, so leaving
 * them out is no choice among answers. Where more than a quarter of the pairs are disturbed, there is no verdict.
 *
 * @param pairs how many were measured
 * @param disturbed which of them were disturbed, a sentence each
 * @param noVerdict why there is none for any row; null where there is
 * @param rows in the order of the base
 * @param onOneSide what only one side has, by name
 */
public record AbAnswer(
        int pairs, List<String> disturbed, @Nullable String noVerdict, List<AbRow> rows, List<String> onOneSide) {

    /** What is called significant is wrong in at most this share. */
    public static final double ALPHA = 0.05;

    private static final int MOST_DISTURBED = 4; // one in
    private static final int MOST_PAIRS = 20; // of which all signs are counted

    public AbAnswer {
        disturbed = List.copyOf(disturbed);
        rows = List.copyOf(rows);
        onOneSide = List.copyOf(onOneSide);
    }

    /** What can be said of a row. */
    public enum Word {
        /** The test says that it changed. */
        SIGNIFICANT,
        /** It may have changed, but these pairs do not show it. */
        NOT_SEEN,
        /** The machine moved, there are too few pairs, a value is not above zero, or the units differ. */
        NO_VERDICT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** The answer. */
    public static AbAnswer of(List<Pair> pairs) {
        List<String> disturbed = pairs.stream()
                .filter(Pair::isDisturbed)
                .map(pair -> "pair " + pair.number() + ": " + String.join(", ", pair.moved()))
                .toList();
        List<Pair> counted = pairs.stream().filter(pair -> !pair.isDisturbed()).toList();
        String noVerdict = noVerdict(pairs.size(), disturbed.size());
        Set<Row> base = rows(pairs, true);
        Set<Row> now = rows(pairs, false);
        Set<Row> both = new LinkedHashSet<>(base);
        both.retainAll(now);
        List<SignFlip> tests = new ArrayList<>();
        List<RowValues> values = new ArrayList<>();
        for (Row row : both) {
            RowValues there = RowValues.of(row, counted);
            values.add(there);
            tests.add(new SignFlip(there.logRatios()));
        }
        double[] p = tests.stream()
                .mapToDouble(test -> noVerdict == null && SignFlip.least(test.pairs()) <= ALPHA ? test.p() : Double.NaN)
                .toArray();
        double[] corrected = FalseDiscoveries.correct(p);
        int tested = (int) Arrays.stream(p).filter(one -> !Double.isNaN(one)).count();
        List<AbRow> rows = new ArrayList<>();
        int i = 0;
        for (Row row : both) {
            rows.add(AbRow.of(row, values.get(i), tests.get(i), p[i], corrected[i], alone(tested), noVerdict));
            i++;
        }
        return new AbAnswer(pairs.size(), disturbed, noVerdict, rows, onOneSide(base, now));
    }

    /** How many rows were tested: they are corrected for each other. */
    int tested() {
        return (int) rows.stream().filter(row -> row.p() != null).count();
    }

    /** The p-value at which a change of one row is significant if no other of so many rows changed. */
    static double alone(int tested) {
        return ALPHA / Math.max(1, tested);
    }

    /** From how many pairs on a change of one row shows if no other of so many rows changed. */
    static int pairsForOneAlone(int tested) {
        return IntStream.rangeClosed(1, MOST_PAIRS)
                .filter(pairs -> SignFlip.least(pairs) <= alone(tested))
                .findFirst()
                .orElse(MOST_PAIRS);
    }

    /**
     * Refuses pairs that cannot be compared.
     *
     * @throws IllegalArgumentException if no benchmark stands on both sides; the message says so in a sentence
     */
    static void requireCommonRows(List<Pair> pairs) {
        Set<Row> base = rows(pairs, true);
        Set<Row> now = rows(pairs, false);
        if (base.stream().noneMatch(now::contains)) {
            throw new IllegalArgumentException("the two jars have no benchmark with the same parameters in common: "
                    + String.join(", ", onOneSide(base, now)));
        }
    }

    private static List<String> onOneSide(Set<Row> base, Set<Row> now) {
        List<String> names = new ArrayList<>();
        base.stream().filter(row -> !now.contains(row)).forEach(row -> names.add(row.label() + " (base)"));
        now.stream().filter(row -> !base.contains(row)).forEach(row -> names.add(row.label() + " (new)"));
        return names;
    }

    private static @Nullable String noVerdict(int pairs, int disturbed) {
        if (disturbed * MOST_DISTURBED > pairs) {
            return "the machine moved in " + disturbed + " of " + pairs + " pairs";
        }
        int counted = pairs - disturbed;
        return SignFlip.least(counted) > ALPHA
                ? "too few pairs: with " + counted + " the smallest p-value is " + p(SignFlip.least(counted))
                        + ", so six are the least"
                : null;
    }

    private static String p(double p) {
        return String.format(Locale.ROOT, "%.3f", p);
    }

    private static Set<Row> rows(List<Pair> pairs, boolean base) {
        Set<Row> rows = new LinkedHashSet<>();
        for (Pair pair : pairs) {
            (base ? pair.base() : pair.now()).forEach(result -> rows.add(Row.of(result)));
        }
        return rows;
    }

    /**
     * The half width of the widest interval of a ratio, 0.034 for 3.4 % to both sides; infinite where there is none.
     */
    static double widest(List<Pair> pairs) {
        AbAnswer answer = of(pairs);
        return answer.rows.isEmpty()
                ? Double.POSITIVE_INFINITY
                : answer.rows.stream().mapToDouble(AbRow::halfWidth).max().orElseThrow();
    }

    static String width(double halfWidth) {
        return Double.isFinite(halfWidth) ? String.format(Locale.ROOT, "±%.1f %%", 100 * halfWidth) : "no interval";
    }
}
