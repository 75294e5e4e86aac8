package org.leaklab.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.compare.Questions.Asked;
import org.leaklab.compare.Questions.Cell;

/** Makes rows of what was asked: names them, and has each judged. */
final class Rows {

    /** A value that says what it is, so that a short name has no need of the name of the parameter. */
    private static final Pattern WORD = Pattern.compile("(?!true|false)[a-zA-Z][^=]{2,}");

    /** A mean of equal values may differ from them by so little. */
    private static final double ROUNDING = 1e-9;

    private final List<String> labels;
    private final Judge judge;
    private final boolean iterations;
    private final int words;
    private final Set<String> notes = new LinkedHashSet<>();

    /**
     * @param labels headings of the columns
     * @param words the least words of a name, see {@link ShortNames}
     */
    Rows(List<String> labels, Judge judge, boolean iterations, int words) {
        this.labels = labels;
        this.judge = judge;
        this.iterations = iterations;
        this.words = words;
    }

    /** What could not be compared or is weaker than it looks, a sentence each. */
    Set<String> notes() {
        return notes;
    }

    /**
     * The rows. Headlines of all columns are judged together, and what somebody asked for besides is judged together:
     * so asking for more does not change the answer of the headlines.
     */
    List<Comparison.Row> of(List<Asked> all) {
        Judge.Verdict[][] verdicts = new Judge.Verdict[all.size()][labels.size()];
        judge(all, true, verdicts);
        judge(all, false, verdicts);
        noteUnits(all);
        noteValues(all);
        ShortNames names = new ShortNames(
                all.stream()
                        .filter(row -> !row.question().declared())
                        .map(row -> row.question().benchmark())
                        .toList(),
                words);
        Map<String, Set<String>> modes = new TreeMap<>();
        Map<String, Set<String>> modesOfGroup = new TreeMap<>();
        Map<String, Map<String, Set<String>>> params = new TreeMap<>();
        for (Asked row : all) {
            Question question = row.question();
            question.params()
                    .forEach((name, value) -> params.computeIfAbsent(
                                    question.benchmark() + question.metric(), none -> new TreeMap<>())
                            .computeIfAbsent(name, none -> new TreeSet<>())
                            .add(value));
            modes.computeIfAbsent(question.benchmark(), none -> new TreeSet<>()).add(question.mode());
            modesOfGroup
                    .computeIfAbsent(names.group(question.benchmark()), none -> new TreeSet<>())
                    .add(question.mode());
        }
        List<Comparison.Row> rows = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Question question = all.get(i).question();
            String group = group(question, names);
            boolean mixed = !question.declared()
                    && modesOfGroup.getOrDefault(group, Set.of()).size() > 1;
            boolean saysMode =
                    modes.getOrDefault(question.benchmark(), Set.of()).size() > 1;
            rows.add(row(
                    all.get(i),
                    mixed ? group + " " + question.mode() : group,
                    name(question, names.of(question.benchmark()), saysMode, false, question.params()),
                    name(question, names.of(question.benchmark()), saysMode, true, varying(question, params)),
                    verdicts[i]));
        }
        return rows;
    }

    private static String group(Question question, ShortNames names) {
        String group = question.declared() ? question.group() : names.group(question.benchmark());
        return group.isEmpty() ? "all" : group;
    }

    /** The parameters that tell rows of a benchmark apart. */
    private static Map<String, String> varying(Question question, Map<String, Map<String, Set<String>>> params) {
        Map<String, String> varying = new TreeMap<>(question.params());
        Map<String, Set<String>> values = params.getOrDefault(question.benchmark() + question.metric(), Map.of());
        varying.keySet().removeIf(name -> values.getOrDefault(name, Set.of()).size() < 2);
        return varying;
    }

    private static String name(
            Question question, String benchmark, boolean saysMode, boolean inShort, Map<String, String> params) {
        return Stream.of(
                        Stream.of(question.declared() ? question.metric() : benchmark),
                        Stream.of(saysMode ? question.mode() : ""),
                        params.entrySet().stream()
                                .map(param -> inShort
                                                && WORD.matcher(param.getValue())
                                                        .matches()
                                        ? param.getValue()
                                        : param.getKey() + "=" + param.getValue()),
                        question.apart().stream(),
                        Stream.of(question.declared() || question.isPrimary() ? "" : question.metric()))
                .flatMap(words -> words)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private Values values(Cell cell) {
        return iterations ? cell.values().byIteration() : cell.values();
    }

    private record Place(int row, int column) {}

    private void judge(List<Asked> all, boolean headline, Judge.Verdict[][] verdicts) {
        List<Place> asked = new ArrayList<>();
        List<Judge.Pair> pairs = new ArrayList<>();
        for (int row = 0; row < all.size(); row++) {
            Cell base = all.get(row).cells().getFirst();
            for (int column = 1; column < labels.size(); column++) {
                Cell now = all.get(row).cells().get(column);
                if (all.get(row).question().headline() == headline && base != null && now != null) {
                    asked.add(new Place(row, column));
                    pairs.add(new Judge.Pair(values(base), values(now)));
                }
            }
        }
        List<Judge.Verdict> answers = judge.all(pairs);
        for (int i = 0; i < asked.size(); i++) {
            verdicts[asked.get(i).row][asked.get(i).column] = answers.get(i);
        }
    }

    private List<Judge.Pair> pairs(List<Asked> all) {
        List<Judge.Pair> pairs = new ArrayList<>();
        for (Asked row : all) {
            Cell base = row.cells().getFirst();
            if (row.question().headline() && base != null) {
                row.cells().stream()
                        .skip(1)
                        .filter(Objects::nonNull)
                        .forEach(now -> pairs.add(new Judge.Pair(values(base), values(now))));
            }
        }
        return pairs;
    }

    /** What all the words rest on. Two iterations against two are apart by chance in every third row. */
    private void noteValues(List<Asked> all) {
        List<Judge.Pair> pairs = pairs(all);
        long without = pairs.stream()
                .filter(pair -> !pair.base().hasRaw() || !pair.now().hasRaw())
                .count();
        if (without > 0) {
            notes.add(
                    "without raw values: " + without + " of " + pairs.size()
                            + "; JMH's own score and its error stand for them (99.9 %, of iterations, which are not independent)");
        }
        List<Judge.Pair> byIterations =
                pairs.stream().filter(pair -> judge.separatedByChance(pair) > 0).toList();
        long byChance = Math.round(
                byIterations.stream().mapToDouble(judge::separatedByChance).sum());
        if (byChance > 0) {
            int fewest = byIterations.stream()
                    .mapToInt(pair -> Math.min(
                            pair.base().iterations().size(),
                            pair.now().iterations().size()))
                    .min()
                    .orElseThrow();
            boolean independent =
                    byIterations.stream().allMatch(pair -> isOneAFork(pair.base()) && isOneAFork(pair.now()));
            notes.add(
                    "separated is a hint: where nothing changed, chance alone would separate about " + byChance + " of "
                            + byIterations.size() + ", with " + fewest + " values a side or more"
                            + (independent ? "" : "; iterations of one fork are alike, so it is more"));
        } else if (byIterations.stream()
                .anyMatch(
                        pair -> pair.base().iterations().isApartFrom(pair.now().iterations()))) {
            notes.add(
                    "separated is a hint: iterations of one fork are alike, so two forks of the same code are often apart");
        }
    }

    private static boolean isOneAFork(Values values) {
        return values.iterations().size() == values.forks().size();
    }

    private void noteUnits(List<Asked> all) {
        Map<String, Set<String>> units = new TreeMap<>();
        for (Asked row : all) {
            units.computeIfAbsent(row.question().text(), none -> new TreeSet<>())
                    .add(row.unit().text());
        }
        List<String> differ = units.entrySet().stream()
                .filter(unit -> unit.getValue().size() > 1)
                .map(unit -> unit.getKey() + " (" + String.join(", ", unit.getValue()) + ")")
                .toList();
        if (!differ.isEmpty()) {
            notes.add("not compared, for the units differ: " + differ.getFirst()
                    + (differ.size() > 1 ? " and " + (differ.size() - 1) + " more" : ""));
        }
    }

    private Comparison.Row row(
            Asked asked, String group, String name, String shortName, Judge.@Nullable Verdict[] verdicts) {
        List<Comparison.@Nullable Column> columns = new ArrayList<>();
        Cell base = asked.cells().getFirst();
        for (int i = 0; i < labels.size(); i++) {
            Cell cell = asked.cells().get(i);
            columns.add(cell == null ? null : column(labels.get(i), base, cell, verdicts[i]));
        }
        Question question = asked.question();
        return new Comparison.Row(
                group,
                name,
                shortName,
                question.benchmark(),
                question.params(),
                question.mode(),
                question.metric(),
                asked.unit().text(),
                question.headline(),
                question.moreIsBetter(),
                question.mean(),
                columns);
    }

    private Comparison.Column column(String label, @Nullable Cell base, Cell cell, Judge.@Nullable Verdict verdict) {
        Values values = values(cell);
        Sample.Interval interval = values.forks().interval();
        boolean compared = base != null && verdict != null;
        return new Comparison.Column(
                label,
                String.join(", ", cell.files()),
                cell.jdk(),
                values.forks().size(),
                values.value(),
                orNull(interval.low()),
                orNull(interval.high()),
                compared ? orNull(ratio(values(base), values, verdict.ratio())) : null,
                compared ? orNull(verdict.ratio().low()) : null,
                compared ? orNull(verdict.ratio().high()) : null,
                compared ? orNull(verdict.p()) : null,
                compared ? orNull(verdict.corrected()) : null,
                compared ? verdict.word() : null,
                compared ? verdict.direction() : 0);
    }

    /** What is shown may be no median of forks, as the percentile of all latencies; the test is about forks. */
    private double ratio(Values base, Values now, Sample.Interval interval) {
        double ratio = now.value() / base.value();
        boolean outside = ratio < interval.low() * (1 - ROUNDING) || ratio > interval.high() * (1 + ROUNDING);
        if (!interval.isKnown() || !Double.isFinite(ratio) || !outside) {
            return ratio;
        }
        notes.add("where the ratio of what is shown is outside of its interval, the ratio is that of the forks");
        return now.forks().middleRatioTo(base.forks());
    }

    private static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
