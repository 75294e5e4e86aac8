package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Predicate;
import org.leaklab.compare.Judge;
import org.leaklab.results.JmhResult;

/**
 * The same change of a time on several JDKs, said in one: how much where it is significant, and where it is not. Each p
 * is corrected for the JDKs of this sentence, and for nothing else of the report.
 */
final class DifferenceByJdk {

    private record One(String jdk, Difference change, String figures) {
        boolean isMore() {
            return change.isSignificant() && change.ratio() > 1;
        }

        boolean isLess() {
            return change.isSignificant() && change.ratio() <= 1;
        }
    }

    private record Asked(String jdk, Judge.Pair pair, DoubleFunction<String> words) {}

    private final List<Asked> asked = new ArrayList<>();

    /**
     * Adds what was measured on one JDK, unless there are too few forks to say anything.
     *
     * @param words of a median of forks
     */
    void add(String label, JmhResult.Metric before, JmhResult.Metric after, DoubleFunction<String> words) {
        Judge.Pair pair = Difference.pair(before, after);
        if (Judge.USUAL.canTell(pair.base().forks().size(), pair.now().forks().size())) {
            asked.add(new Asked(label, pair, words));
        }
    }

    /** The same question on each JDK: asked together, judged together. */
    private List<One> answers() {
        List<Judge.Verdict> verdicts =
                Judge.USUAL.all(asked.stream().map(Asked::pair).toList());
        List<One> answers = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Asked one = asked.get(i);
            Difference change = Difference.of(one.pair, verdicts.get(i));
            answers.add(new One(one.jdk, change, change.figures(one.words)));
        }
        return answers;
    }

    boolean isEmpty() {
        return asked.isEmpty();
    }

    /**
     * JDKs on which it is longer, shorter, or no different, each group with the figures of the farthest of its JDKs.
     */
    String say() {
        List<String> groups = new ArrayList<>();
        List<One> all = answers();
        group(all, One::isMore, Comparator.comparingDouble(one -> one.change.ratio()), groups);
        group(all, One::isLess, Comparator.comparingDouble(one -> -one.change.ratio()), groups);
        group(
                all,
                one -> !one.change.isSignificant(),
                Comparator.comparingDouble(one -> -one.change.verdict().p()),
                groups);
        return String.join("; ", groups);
    }

    private static void group(List<One> all, Predicate<One> which, Comparator<One> byDistance, List<String> groups) {
        List<One> those = all.stream().filter(which).toList();
        if (!those.isEmpty()) {
            One farthest = those.stream().max(byDistance).orElseThrow();
            groups.add(ratios(those) + " on "
                    + Jdks.named(those.stream().map(One::jdk).toList()) + " (" + farthest.figures
                    + (those.size() > 1 ? " on " + Jdks.named(farthest.jdk) : "") + ", " + farthest.change.why() + ")");
        }
    }

    private static String ratios(List<One> those) {
        if (!those.getFirst().change.isSignificant()) {
            return "as long, within the noise,";
        }
        double[] sorted =
                those.stream().mapToDouble(one -> one.change.ratio()).sorted().toArray();
        String least = Numbers.times(sorted[0]);
        String most = Numbers.times(sorted[sorted.length - 1]);
        return (least.equals(most) ? least : least + " to " + most) + " times as long";
    }
}
