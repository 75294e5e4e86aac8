package org.leaklab.ab;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.leaklab.compare.MannWhitney;

/**
 * How runs of {@code bench ab} ended that all asked the same question.
 *
 * @param runs how many
 * @param verdicts how many of them had a verdict
 * @param worse how many of those said that the new side is slower
 * @param better how many said that it is faster
 * @param unpaired how many of those with a verdict would have been significant by the test that does not know the pairs
 * @param disturbed share of all pairs
 * @param deviation standard deviation of the logarithm of the ratio of a pair that counts
 */
record Rates(int runs, int verdicts, int worse, int better, int unpaired, double disturbed, double deviation) {

    private static final double CONFIDENCE = 0.95;

    /** Of a series of pairs, cut into runs of so many; a rest is left out. */
    static Rates of(List<Pair> series, int pairsOfRun) {
        int runs = 0;
        int verdicts = 0;
        int worse = 0;
        int better = 0;
        int unpaired = 0;
        for (int from = 0; from + pairsOfRun <= series.size(); from += pairsOfRun) {
            List<Pair> pairs = series.subList(from, from + pairsOfRun);
            AbRow row = AbAnswer.of(pairs).rows().getFirst();
            runs++;
            if (row.word() != AbAnswer.Word.NO_VERDICT) {
                verdicts++;
                RowValues values = values(pairs);
                unpaired += MannWhitney.p(values.base(), values.now()) <= AbAnswer.ALPHA ? 1 : 0;
            }
            if (row.word() == AbAnswer.Word.SIGNIFICANT) {
                worse += row.isBetter() ? 0 : 1;
                better += row.isBetter() ? 1 : 0;
            }
        }
        double disturbed = series.stream().filter(Pair::isDisturbed).count() / (double) series.size();
        return new Rates(
                runs,
                verdicts,
                worse,
                better,
                unpaired,
                disturbed,
                new StandardDeviation().evaluate(values(series).logRatios()));
    }

    private static RowValues values(List<Pair> pairs) {
        List<Pair> counted = pairs.stream().filter(pair -> !pair.isDisturbed()).toList();
        return RowValues.of(org.leaklab.bench.run.Row.of(pairs.getFirst().base().get(0)), counted);
    }

    /** The 95 % interval of a share, of Clopper and Pearson, in percent: {@code 1.2 to 7.2 %}. */
    static String interval(int some, int all) {
        if (all == 0) {
            return "-";
        }
        double tail = (1 - CONFIDENCE) / 2;
        double low =
                some == 0 ? 0 : new BetaDistribution(null, some, all - some + 1.0).inverseCumulativeProbability(tail);
        double high = some == all
                ? 1
                : new BetaDistribution(null, some + 1.0, all - some).inverseCumulativeProbability(1 - tail);
        return String.format(java.util.Locale.ROOT, "%.1f to %.1f %%", 100 * low, 100 * high);
    }

    /** A share in percent. */
    static String share(int some, int all) {
        return all == 0 ? "-" : String.format(java.util.Locale.ROOT, "%.1f %%", 100.0 * some / all);
    }

    /** The middle of how long a pair took, in seconds. */
    static double secondsOfPair(List<Pair> series) {
        double[] seconds = series.stream().mapToDouble(Pair::seconds).sorted().toArray();
        return seconds.length == 0
                ? Double.NaN
                : Arrays.stream(seconds).skip(seconds.length / 2).findFirst().orElseThrow();
    }
}
