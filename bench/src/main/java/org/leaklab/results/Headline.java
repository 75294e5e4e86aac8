package org.leaklab.results;

import java.util.List;
import java.util.Map;

/**
 * One of the few figures that a group of benchmarks is about, with what JDKs are judged by. Rows of JMH stand behind
 * it: of one, or of several, as the bytes a thread are the slope of a line through five populations.
 *
 * @param group that it belongs to, as {@code memory}
 * @param measure what it says, as {@code heap of a stuck thread}; two headlines with the same group, measure, unit and
 *     parameters are the same question
 * @param unit of the value, as {@code ns/op} or {@code B/thread}
 * @param better which direction is
 * @param mean whether it may be averaged with others of its group and measure by a geometric mean: counts and
 *     populations may not
 * @param params what makes it comparable, in order
 * @param value what is shown
 * @param forks a value a fork, or a set of forks that went together; they are independent of each other, so a test may
 *     count them. Empty where there are none
 */
public record Headline(
        String group,
        String measure,
        String unit,
        Better better,
        boolean mean,
        Map<String, String> params,
        double value,
        List<Double> forks) {

    /** Which direction of a measure is better. */
    public enum Better {
        LESS,
        MORE
    }

    public Headline {
        forks = List.copyOf(forks);
    }

    /** What it is a headline of: those of two results with the same question can be compared. */
    public record Question(String group, String measure, String unit, Map<String, String> params) {}

    /** The question that it answers. */
    public Question question() {
        return new Question(group, measure, unit, params);
    }
}
