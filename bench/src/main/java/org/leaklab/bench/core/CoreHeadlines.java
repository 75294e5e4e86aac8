package org.leaklab.bench.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.leaklab.results.Headline;
import org.leaklab.results.Headline.Better;
import org.leaklab.results.HeadlineMeasures;
import org.leaklab.results.JmhResult;

/**
 * What an operation of the core and of its peers takes, in nanoseconds, and how many values a second go from four
 * threads to four.
 *
 * <p>A turn in a mutex has a yield in it. Its headline is what is left when the time of the yield alone, measured in
 * the same pass, is taken off; without such a row there is none. That time is a lower bound of the yield's share, for
 * nobody else runs meanwhile. Rows that had fewer than {@value Rounds#FEWEST} rounds an iteration are left out, and so
 * are hand-offs of wait groups that were used again beside latches that were not.
 */
public final class CoreHeadlines implements HeadlineMeasures {

    private static final String MUTEX = "MutexHandOff";
    private static final String FOUR_TO_FOUR = "FourToFour";
    private static final String UNEQUAL = CoreScore.PREFIX + "WaitGroupHandOff.handOff";
    private static final double NANOS_A_SECOND = 1e9;

    @Override
    public String group() {
        return "core";
    }

    @Override
    public List<Headline> of(List<JmhResult> results) {
        List<JmhResult> core =
                results.stream().filter(CoreHeadlines::isMeasured).toList();
        List<Headline> headlines = new ArrayList<>();
        for (JmhResult result : core) {
            String question = CoreScore.question(result.benchmark());
            if (question.equals(MUTEX)) {
                addTurn(result, core, headlines);
            } else if (!isBaseline(result) && question.endsWith(FOUR_TO_FOUR)) {
                headlines.add(headline(
                        question,
                        result,
                        "values/s",
                        Better.MORE,
                        NANOS_A_SECOND / result.primary().score(),
                        result.primary().forkMeans().stream()
                                .map(nanos -> NANOS_A_SECOND / nanos)
                                .toList()));
            } else if (!isBaseline(result)) {
                headlines.add(headline(
                        question,
                        result,
                        "ns/op",
                        Better.LESS,
                        result.primary().score(),
                        result.primary().forkMeans()));
            }
        }
        return List.copyOf(headlines);
    }

    /** Whether a result is a time of the core that can be read, and be held against that of a peer. */
    public static boolean isMeasured(JmhResult result) {
        return result.benchmark().startsWith(CoreScore.PREFIX)
                && !result.benchmark().equals(UNEQUAL)
                && result.params().keySet().containsAll(CoreScore.CELL)
                && result.primary().unit().equals("ns/op")
                && result.primary().score() > 0
                && Double.isFinite(result.primary().score())
                && Rounds.areEnough(result);
    }

    private static boolean isBaseline(JmhResult result) {
        return CoreScore.BASELINE.equals(result.params().get("implementation"));
    }

    /** The forks of one pass belong together. */
    private static void addTurn(JmhResult turn, List<JmhResult> core, List<Headline> headlines) {
        Optional<JmhResult> yield = core.stream()
                .filter(other -> isBaseline(other) && isSameCell(turn, other))
                .findFirst();
        if (isBaseline(turn) || yield.isEmpty()) {
            return;
        }
        List<Double> with = turn.primary().forkMeans();
        List<Double> without = yield.get().primary().forkMeans();
        headlines.add(headline(
                MUTEX + ", less its yield",
                turn,
                "ns/op",
                Better.LESS,
                turn.primary().score() - yield.get().primary().score(),
                with.size() == without.size()
                        ? IntStream.range(0, with.size())
                                .mapToObj(fork -> with.get(fork) - without.get(fork))
                                .toList()
                        : List.of()));
    }

    private static boolean isSameCell(JmhResult one, JmhResult other) {
        Map<String, String> cell = new LinkedHashMap<>(one.params());
        cell.put("implementation", CoreScore.BASELINE);
        return one.benchmark().equals(other.benchmark())
                && one.jdk().equals(other.jdk())
                && cell.equals(other.params());
    }

    private static Headline headline(
            String question, JmhResult result, String unit, Better better, double value, List<Double> forks) {
        Map<String, String> params = new LinkedHashMap<>();
        List.of("implementation", "threads", "carriers")
                .forEach(name -> params.put(name, result.params().getOrDefault(name, "-")));
        result.params().forEach(params::putIfAbsent);
        String words = question.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return new Headline("core", words, unit, better, value > 0, params, value, forks);
    }
}
