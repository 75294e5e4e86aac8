package org.leaklab.compare;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.results.Headline;

/**
 * What a row asks: the same of each column.
 *
 * @param group what it belongs to with others
 * @param benchmark its full name; the group, of a headline
 * @param apart how it was run, where the same was run in several ways within a column: {@code -t 8}
 * @param metric {@value #PRIMARY}, a secondary metric, or the measure of a headline
 * @param dimension of its unit
 * @param headline whether it is shown and tested by default
 * @param declared whether it is a headline that was declared, and not a metric of JMH
 * @param moreIsBetter which direction is better; null where that is not known
 * @param mean whether its ratio may be averaged with others
 */
record Question(
        String group,
        String benchmark,
        String mode,
        Map<String, String> params,
        List<String> apart,
        String metric,
        String dimension,
        boolean headline,
        boolean declared,
        @Nullable Boolean moreIsBetter,
        boolean mean) {

    static final String PRIMARY = "primary";

    static Question of(Headline headline, Map<String, String> params, List<String> apart) {
        return new Question(
                headline.group(),
                headline.group(),
                "",
                params,
                apart,
                headline.measure(),
                Unit.of(headline.unit()).dimension(),
                true,
                true,
                headline.better() == Headline.Better.MORE,
                headline.mean());
    }

    /** What a filter is held against. */
    String text() {
        return text(metric);
    }

    /** The same without the metric: who asks for this did not ask for a secondary metric. */
    String textWithoutMetric() {
        return text(PRIMARY);
    }

    private String text(String ofMetric) {
        return Stream.of(
                        Stream.of(declared ? group : benchmark, mode),
                        declared ? Stream.of(metric) : Stream.<String>of(),
                        params.entrySet().stream().map(param -> param.getKey() + "=" + param.getValue()),
                        apart.stream(),
                        declared ? Stream.<String>of() : Stream.of(ofMetric))
                .flatMap(words -> words)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    boolean isPrimary() {
        return metric.equals(PRIMARY);
    }

    /** The same in another group, that is named when all questions are known. */
    Question in(String name) {
        return new Question(
                name, benchmark, mode, params, apart, metric, dimension, headline, declared, moreIsBetter, mean);
    }
}
