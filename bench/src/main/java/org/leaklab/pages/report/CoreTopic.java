package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.core.CoreHeadlines;
import org.leaklab.bench.core.CoreScore;
import org.leaklab.results.JmhResult;

/** The core beside its peers. */
final class CoreTopic {

    /** What is compared in one run. */
    private record Cell(String jdk, String question, String setting, String threads, String carriers) {
        /** The cell on a JDK that a score belongs beside. */
        Cell(String jdk, CoreScore score) {
            this(jdk, score.question(), score.setting(), score.threads(), score.carriers());
        }

        static Cell of(CoreScore score) {
            return new Cell(score.jdk(), score.question(), score.setting(), score.threads(), score.carriers());
        }
    }

    /** A peer beside ours. */
    private record Pair(CoreScore peer, CoreScore ours, CoreScore.Ratio ratio) {
        /** That of ours: where the peer is Go, it has another. */
        String jdk() {
            return ours.jdk();
        }

        String what() {
            String words = peer.question().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
            return words.charAt(0)
                    + words.substring(1).toLowerCase(Locale.ROOT)
                    + (peer.setting().isEmpty() ? "" : ", " + peer.setting());
        }
    }

    private static final Comparator<String> VIRTUAL_FIRST =
            Comparator.comparing((String place) -> !place.startsWith("Virtual")).thenComparing(place -> place);

    private final Jdks jdks;

    private CoreTopic(Jdks jdks) {
        this.jdks = jdks;
    }

    static Optional<Section> section(Results results) {
        List<CoreScore> scores = results.jmh().stream()
                .flatMap(file -> CoreScore.of(file.file(), measured(file.results())).stream())
                .toList();
        List<JmhResult> core = results.group("core");
        int leftOut = core.size() - measured(core).size();
        Map<Cell, CoreScore> ours = scores.stream()
                .filter(score -> score.implementation().equals(CoreScore.OURS))
                .collect(Collectors.toMap(Cell::of, Function.identity(), (one, other) -> one));
        List<Pair> pairs = new ArrayList<>();
        int alone = 0;
        for (CoreScore score : scores) {
            if (score.isGo()) {
                ours.values().stream()
                        .filter(mine -> new Cell(mine.jdk(), score).equals(Cell.of(mine)))
                        .forEach(mine -> pairs.add(new Pair(score, mine, score.ratioTo(mine))));
                continue;
            }
            CoreScore mine = ours.get(Cell.of(score));
            if (score.isPeer() && mine != null) {
                pairs.add(new Pair(score, mine, score.ratioTo(mine)));
            } else if (score.isPeer()) {
                alone++;
            }
        }
        return pairs.isEmpty()
                ? Optional.empty()
                : Optional.of(new CoreTopic(results.jdks()).section(pairs, alone, leftOut));
    }

    private static List<JmhResult> measured(List<JmhResult> results) {
        return results.stream().filter(CoreHeadlines::isMeasured).toList();
    }

    private Section section(List<Pair> pairs, int alone, int leftOut) {
        Map<String, List<Pair>> places = new TreeMap<>(VIRTUAL_FIRST);
        pairs.forEach(pair -> places.computeIfAbsent(place(pair.peer), none -> new ArrayList<>())
                .add(pair));
        List<Section.Figure> figures = new ArrayList<>();
        places.forEach((place, those) -> figures.add(new Section.Figure(place, chart(those), table(those))));
        List<String> about = new ArrayList<>();
        about.add(
                "Time of a peer by the time of leaklab's core in the same run: right of 1 leaklab is faster. The "
                        + "interval is the 95 % one of the ratios fork by fork, or with less than three forks divides the ends of "
                        + "both 99.9 % intervals, which is wider than it need be. Go was measured apart, and has such an interval too.");
        if (alone > 0) {
            about.add(Numbers.count(alone, "result") + " of peers had none of leaklab's beside it in the same run.");
        }
        if (leftOut > 0) {
            about.add(Numbers.count(leftOut, "result") + (leftOut == 1 ? " is" : " are")
                    + " left out: with fewer than five rounds an iteration, whose beginning and end are most of the time, "
                    + "or with wait groups that were used again beside latches that were not.");
        }
        return new Section("core", "The scheduling core against its peers", about, findings(pairs), figures);
    }

    private static String place(CoreScore score) {
        return switch (score.carriers()) {
            case "-" -> "Platform threads";
            case "default" -> "Virtual threads";
            case "1" -> "Virtual threads on one carrier";
            default -> "Virtual threads on " + score.carriers() + " carriers";
        };
    }

    private Chart chart(List<Pair> pairs) {
        List<Chart.Dots.Mark> marks = pairs.stream()
                .sorted(Comparator.comparing(Pair::what).thenComparing(pair -> pair.peer.implementation()))
                .map(pair -> new Chart.Dots.Mark(
                        pair.what() + " · " + pair.peer.implementation(),
                        Jdks.named(jdks.label(pair.jdk())),
                        jdks.colour(pair.jdk()),
                        pair.ratio.value(),
                        Math.max(pair.ratio.low(), pair.ratio.value() / 1000), // an end at nothing has no logarithm
                        pair.ratio.high(),
                        List.of(),
                        null,
                        Numbers.times(pair.ratio.value()) + " times leaklab's " + Numbers.digits(pair.ours.time())
                                + " ns, " + interval(pair.ratio)))
                .toList();
        return Chart.Dots.of("peer's time / leaklab's time", true, 1.0, marks);
    }

    private static String interval(CoreScore.Ratio ratio) {
        return Double.isNaN(ratio.low())
                ? "no interval"
                : Numbers.times(ratio.low()) + " to " + Numbers.times(ratio.high());
    }

    private DataTable table(List<Pair> pairs) {
        List<List<DataTable.Cell>> rows = pairs.stream()
                .sorted(Comparator.comparing(Pair::what)
                        .thenComparing(pair -> pair.peer.implementation())
                        .thenComparingInt(pair -> jdks.colour(pair.jdk())))
                .map(pair -> List.of(
                        DataTable.Cell.of(pair.what()),
                        DataTable.Cell.of(pair.peer.implementation()),
                        DataTable.Cell.of(jdks.label(pair.jdk())),
                        DataTable.Cell.number(pair.ours.time(), pair.ours.error()),
                        DataTable.Cell.number(pair.peer.time(), pair.peer.error()),
                        DataTable.Cell.number(pair.ratio.value(), Numbers.times(pair.ratio.value())),
                        DataTable.Cell.number(pair.ratio.low(), interval(pair.ratio)),
                        verdict(pair)))
                .toList();
        return new DataTable(
                "ns an operation with 99.9 % error, less is better; ratio is the peer's time by leaklab's",
                List.of(
                        DataTable.Column.text("Question"),
                        DataTable.Column.text("Peer"),
                        DataTable.Column.number("JDK"),
                        DataTable.Column.number("leaklab ns"),
                        DataTable.Column.number("Peer ns"),
                        DataTable.Column.number("Ratio"),
                        DataTable.Column.number("Interval"),
                        DataTable.Column.text("leaklab is")),
                rows);
    }

    private static DataTable.Cell verdict(Pair pair) {
        return isAhead(pair)
                ? DataTable.Cell.of("ahead", "good")
                : isBehind(pair) ? DataTable.Cell.of("behind", "bad") : DataTable.Cell.of("open", "open");
    }

    private static boolean isAhead(Pair pair) {
        return pair.ratio.low() > 1;
    }

    private static boolean isBehind(Pair pair) {
        return pair.ratio.high() < 1;
    }

    private List<String> findings(List<Pair> all) {
        List<Pair> pairs = all.stream().filter(pair -> !pair.peer.isGo()).toList();
        List<Pair> go = all.stream().filter(pair -> pair.peer.isGo()).toList();
        List<String> findings = new ArrayList<>();
        if (!pairs.isEmpty()) {
            findings.add(peers(pairs));
        }
        if (!go.isEmpty()) {
            findings.add("Beside the same shapes in "
                    + Jdks.named(jdks.label(go.getFirst().peer.jdk())) + ", it is " + Jdks.say(tally(go)) + ".");
        }
        return findings;
    }

    private Map<String, String> tally(List<Pair> pairs) {
        Map<String, String> tally = new LinkedHashMap<>();
        for (String label : jdks.labels()) {
            List<Pair> those = pairs.stream()
                    .filter(pair -> jdks.label(pair.jdk()).equals(label))
                    .toList();
            if (!those.isEmpty()) {
                long ahead = those.stream().filter(CoreTopic::isAhead).count();
                long behind = those.stream().filter(CoreTopic::isBehind).count();
                tally.put(
                        label,
                        "ahead in " + ahead + ", behind in " + behind + " and too close to tell in "
                                + (those.size() - ahead - behind));
            }
        }
        return tally;
    }

    private String peers(List<Pair> pairs) {
        List<String> findings = new ArrayList<>();
        List<Pair> alike = pairs.stream()
                .filter(pair -> !pair.peer.isUnfair()) // fewer hand-offs, and no faster one
                .toList();
        findings.add("Held against its peers cell by cell, the scheduling core is " + Jdks.say(tally(pairs)) + ".");
        extreme(
                alike,
                CoreTopic::isAhead,
                Comparator.comparingDouble(pair -> pair.ratio.low()),
                "farthest ahead of",
                findings);
        extreme(
                alike,
                CoreTopic::isBehind,
                Comparator.comparingDouble(pair -> -pair.ratio.high()),
                "farthest behind",
                findings);
        return String.join(" ", findings);
    }

    private void extreme(
            List<Pair> pairs, Predicate<Pair> which, Comparator<Pair> by, String words, List<String> findings) {
        @Nullable Pair most = pairs.stream().filter(which).max(by).orElse(null);
        if (most != null) {
            findings.add("It is " + words + " " + most.peer.implementation() + " in "
                    + most.what().toLowerCase(Locale.ROOT) + " ("
                    + place(most.peer).toLowerCase(Locale.ROOT) + ", JDK " + jdks.label(most.jdk())
                    + "): "
                    + Numbers.digits(most.ours.time()) + " ns against " + Numbers.digits(most.peer.time()) + " ns.");
        }
    }
}
