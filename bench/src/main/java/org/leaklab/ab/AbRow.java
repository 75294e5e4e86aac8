package org.leaklab.ab;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.run.Row;
import org.leaklab.compare.PairPower;
import org.leaklab.compare.Sample;
import org.leaklab.compare.SignFlip;

/**
 * What pairs show of one benchmark with its parameters.
 *
 * @param n how many pairs count
 * @param base geometric mean of the forks of the base
 * @param now the same of the other
 * @param ratio of the new to the base: the geometric mean of the ratios of the pairs
 * @param low lower end of its 95 % interval; null where there is no verdict or there are too few pairs
 * @param p how likely such a difference is where there is none; null where it was not tested
 * @param corrected the same, corrected for the number of rows
 * @param why there is no verdict; null where there is one
 * @param smallest the ratio of a slow-down that so many pairs would have shown with a probability of 80 %, as 1.09, if
 *     no other row had changed; null where that is not known, or so many pairs cannot show it
 * @param deviation standard deviation of the logarithm of a pair's ratio
 */
public record AbRow(
        String benchmark,
        Map<String, String> params,
        String mode,
        String unit,
        int n,
        double base,
        double now,
        double ratio,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Double p,
        @Nullable Double corrected,
        AbAnswer.Word word,
        @Nullable String why,
        @Nullable Double smallest,
        double deviation) {

    /** @param alone the p-value at which the row is significant if no other changed */
    static AbRow of(
            Row row,
            RowValues values,
            SignFlip test,
            double p,
            double corrected,
            double alone,
            @Nullable String noVerdict) {
        Sample.Interval logs = noVerdict == null ? test.interval(AbAnswer.ALPHA) : Sample.Interval.NONE;
        double deviation = test.pairs() < 2 ? Double.NaN : new StandardDeviation().evaluate(values.logRatios());
        double smallest = noVerdict == null && deviation > 0
                ? Math.exp(new PairPower(deviation, alone).smallest(test.pairs()))
                : Double.NaN;
        boolean tested = !Double.isNaN(p);
        String why = noVerdict != null ? noVerdict : tested ? null : whyNotTested(values);
        return new AbRow(
                row.benchmark(),
                row.params(),
                row.mode(),
                values.unit(),
                values.base().length,
                RowValues.middle(values.base()),
                RowValues.middle(values.now()),
                Math.exp(test.mean()),
                orNull(Math.exp(logs.low())),
                orNull(Math.exp(logs.high())),
                orNull(p),
                orNull(corrected),
                why != null
                        ? AbAnswer.Word.NO_VERDICT
                        : corrected <= AbAnswer.ALPHA ? AbAnswer.Word.SIGNIFICANT : AbAnswer.Word.NOT_SEEN,
                why,
                orNull(smallest),
                deviation);
    }

    private static String whyNotTested(RowValues values) {
        if (!values.oneKind()) {
            return "the units differ";
        }
        return values.isAboveZero() ? "too few pairs have it" : "a value is not above zero";
    }

    private static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** The whole name of the benchmark, with its parameters. */
    String name() {
        return benchmark
                + params.entrySet().stream()
                        .map(param -> " " + param.getKey() + "=" + param.getValue())
                        .collect(Collectors.joining());
    }

    /** Whether more of it is better, as of a throughput. */
    boolean moreIsBetter() {
        return mode.equals("thrpt");
    }

    /** Whether the new jar is better, as far as it goes. */
    public boolean isBetter() {
        return moreIsBetter() == ratio > 1;
    }

    /** Whether it is worse by more than a fraction for sure: also at the better end of the interval. */
    public boolean isWorseBy(double fraction) {
        return word == AbAnswer.Word.SIGNIFICANT && endsWorseBy(fraction);
    }

    /** Whether it would be worse by more than a fraction for sure if it were the only row. */
    boolean wouldBeWorseBy(double fraction) {
        return word == AbAnswer.Word.NOT_SEEN && p != null && p <= AbAnswer.ALPHA && endsWorseBy(fraction);
    }

    private boolean endsWorseBy(double fraction) {
        if (low == null || high == null) {
            return false;
        }
        double slower = moreIsBetter() ? 1 / high : low;
        return slower > 1 + fraction;
    }

    /** How far the interval reaches to both sides, 0.03 for 3 %; infinite where there is none. */
    double halfWidth() {
        return low == null || high == null ? Double.POSITIVE_INFINITY : Math.sqrt(high / low) - 1;
    }
}
