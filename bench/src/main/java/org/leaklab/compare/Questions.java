package org.leaklab.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.compare.Projection.Placed;
import org.leaklab.results.Headline;
import org.leaklab.results.HeadlineMeasures;
import org.leaklab.results.JmhResult;

/** Puts results into columns and rows: declared headlines first, then metrics of JMH. Nothing is pooled silently. */
final class Questions {

    /** What a column measured of a row, in the unit of the row. */
    record Cell(Values values, String jdk, Set<String> files) {}

    /**
     * A row before it is judged.
     *
     * @param cells null where a column has nothing of it
     * @param pooled what was put together for it, a sentence each
     */
    record Asked(Question question, Unit unit, List<@Nullable Cell> cells, Set<String> pooled) {

        /** The same with some of the columns. */
        Asked at(List<Integer> columns) {
            List<@Nullable Cell> some = new ArrayList<>();
            columns.forEach(column -> some.add(cells.get(column)));
            return new Asked(question, unit, some, pooled);
        }
    }

    /** What is read of one metric before forks are put together. */
    private record Piece(Placed from, JmhResult.Metric metric, Unit unit) {}

    private static final List<Projection.Key> RUN_KEYS =
            List.of(Projection.Key.JDK, Projection.Key.FILE, Projection.Key.THREADS, Projection.Key.VM);

    private final List<Placed> all;
    private final Projection rows;
    private final Projection columns;
    private final List<String> labels;
    private final WaysOfRunning ways;
    private final Map<Question, Asked> headlines = new LinkedHashMap<>();
    private final Map<Question, Unit> units = new LinkedHashMap<>();
    private final Map<Question, List<List<Piece>>> pieces = new LinkedHashMap<>();
    private List<HeadlineMeasures> measures = List.of();
    private final Set<String> notes = new LinkedHashSet<>();

    Questions(List<Placed> all, Projection rows, Projection columns) {
        this.all = all;
        this.rows = rows;
        this.columns = columns;
        labels = all.stream().map(columns::label).distinct().toList();
        ways = new WaysOfRunning(all, rows, columns);
    }

    /** The headings of the columns, in the order of the files. */
    List<String> labels() {
        return labels;
    }

    /** What was put together that a reader might not expect, a sentence each. */
    Set<String> notes() {
        return notes;
    }

    /** All rows. */
    List<Asked> asked(List<HeadlineMeasures> measures) {
        this.measures = List.copyOf(measures);
        measures.forEach(this::headlines);
        all.forEach(this::metrics);
        List<Asked> asked = new ArrayList<>(headlines.values());
        pieces.forEach((question, byColumn) -> asked.add(whole(question, byColumn)));
        return asked;
    }

    private void headlines(HeadlineMeasures measures) {
        Map<List<String>, List<Placed>> sides = new LinkedHashMap<>();
        for (Placed placed : all) {
            sides.computeIfAbsent(
                            List.of(
                                    columns.label(placed),
                                    placed.result().jdk(),
                                    placed.result().run().vm()),
                            none -> new ArrayList<>())
                    .add(placed);
        }
        List<Found> found = new ArrayList<>();
        sides.forEach((side, results) -> measures.of(
                        results.stream().map(Placed::result).toList())
                .forEach(headline -> found.add(new Found(side, results.getFirst(), headline))));
        Map<List<Object>, Set<List<String>>> sidesOf = new HashMap<>();
        found.forEach(one -> sidesOf.computeIfAbsent(one.key(), none -> new LinkedHashSet<>())
                .add(one.side));
        found.forEach(one -> add(
                one.headline,
                one.side.getFirst(),
                one.from,
                apart(one.side, Objects.requireNonNull(sidesOf.get(one.key())))));
        noteSilence(measures);
    }

    /** A group may need more than these results have: its rows are no answer by themselves. */
    private void noteSilence(HeadlineMeasures measures) {
        long rows = all.stream()
                .filter(placed -> measures.speaksFor(placed.result()))
                .count();
        boolean silent = headlines.keySet().stream()
                .noneMatch(question -> question.group().equals(measures.group()));
        if (rows > 0 && silent) {
            notes.add(
                    measures.group() + ": these results have no headline measure of it; --secondary shows their rows");
        }
    }

    /** A headline of a column, of one JDK and VM of it. */
    private record Found(List<String> side, Placed from, Headline headline) {
        List<Object> key() {
            return List.of(side.getFirst(), headline.question());
        }
    }

    /** The JDK and the VM, where a column has the same measure of several. */
    private static List<String> apart(List<String> side, Set<List<String>> sides) {
        List<List<String>> same = sides.stream()
                .filter(other -> other.getFirst().equals(side.getFirst()))
                .toList();
        List<String> words = new ArrayList<>();
        if (same.stream().map(other -> other.get(1)).distinct().count() > 1) {
            words.add("JDK " + side.get(1));
        }
        if (same.stream().map(other -> other.get(2)).distinct().count() > 1) {
            words.add(side.get(2));
        }
        return words;
    }

    private void add(Headline headline, String column, Placed from, List<String> apart) {
        Map<String, String> params = new LinkedHashMap<>(headline.params());
        params.keySet().removeIf(columns::hasParam);
        Question question = Question.of(headline, params, apart);
        Unit unit = Unit.of(headline.unit());
        Asked row = headlines.computeIfAbsent(question, none -> new Asked(question, unit, noCells(), Set.of()));
        int at = labels.indexOf(column);
        if (row.cells.get(at) != null) {
            notes.add(column + " has \"" + question.text() + "\" twice: the first is taken");
            return;
        }
        row.cells.set(
                at,
                new Cell(
                        Values.of(headline).times(unit.size() / row.unit.size()),
                        from.result().jdk(),
                        Set.of(from.file())));
    }

    private List<@Nullable Cell> noCells() {
        List<@Nullable Cell> cells = new ArrayList<>();
        labels.forEach(label -> cells.add(null));
        return cells;
    }

    private void metrics(Placed placed) {
        metric(placed, Question.PRIMARY, placed.result().primary());
        placed.result().secondary().forEach((name, metric) -> metric(placed, name, metric));
    }

    private void metric(Placed placed, String name, JmhResult.Metric metric) {
        Unit unit = Unit.of(metric.unit());
        String benchmark = rows.name(placed);
        boolean spokenFor = measures.stream().anyMatch(group -> group.speaksFor(placed.result()));
        Map<String, String> params = rows.params(placed);
        for (Projection.Key key : RUN_KEYS) {
            if (rows.has(key)) {
                params.put(key.word(), rows.of(key, placed));
            }
        }
        Boolean moreIsBetter = moreIsBetter(unit, name, placed.result().mode());
        Question question = new Question(
                "",
                benchmark,
                rows.of(Projection.Key.MODE, placed),
                params,
                ways.of(placed),
                name,
                unit.dimension(),
                name.equals(Question.PRIMARY) && !spokenFor,
                false,
                moreIsBetter,
                name.equals(Question.PRIMARY) && unit.isSpeed() && moreIsBetter != null);
        units.putIfAbsent(question, unit);
        List<List<Piece>> byColumn = pieces.computeIfAbsent(
                question,
                none -> labels.stream()
                        .map(label -> (List<Piece>) new ArrayList<Piece>())
                        .toList());
        byColumn.get(labels.indexOf(columns.label(placed))).add(new Piece(placed, metric, unit));
    }

    /** What a benchmark is about has the direction of its mode, whatever it counts. */
    private static @Nullable Boolean moreIsBetter(Unit unit, String metric, String mode) {
        Boolean ofUnit = unit.moreIsBetter();
        if (ofUnit != null || !metric.equals(Question.PRIMARY)) {
            return ofUnit;
        }
        return switch (mode) {
            case "thrpt" -> true;
            case "avgt", "sample", "ss" -> false;
            default -> null;
        };
    }

    /** All before the class; a class begins with a capital letter, or is the last word but one. */
    static String packageOf(String benchmark) {
        return benchmark.matches("(.*\\.)?[A-Z].*\\..*")
                ? benchmark.replaceFirst("(^|\\.)[A-Z].*", "")
                : benchmark.replaceFirst("(^|\\.)[^.]*\\.[^.]*$", "");
    }

    private Asked whole(Question question, List<List<Piece>> byColumn) {
        Unit unit = Objects.requireNonNull(units.get(question));
        List<@Nullable Cell> cells = noCells();
        Set<String> pooled = new LinkedHashSet<>();
        for (int column = 0; column < labels.size(); column++) {
            List<Piece> there = byColumn.get(column);
            if (!there.isEmpty()) {
                cells.set(column, cell(unit, there));
                if (there.size() > 1 && question.isPrimary()) {
                    pooled.add(pooled(labels.get(column), there));
                }
            }
        }
        return new Asked(question, unit, cells, pooled);
    }

    private static Cell cell(Unit unit, List<Piece> pieces) {
        List<JmhResult.Metric> converted = pieces.stream()
                .map(piece -> piece.metric.times(piece.unit.size() / unit.size()))
                .toList();
        return new Cell(
                Values.all(converted),
                pieces.stream()
                        .map(piece -> piece.from.result().jdk())
                        .distinct()
                        .collect(Collectors.joining(", ")),
                pieces.stream().map(piece -> piece.from.file()).collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private static String pooled(String label, List<Piece> there) {
        Set<String> files =
                there.stream().map(piece -> piece.from.file()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> names = new TreeSet<>();
        Set<Map<String, String>> params =
                there.stream().map(piece -> piece.from.result().params()).collect(Collectors.toSet());
        params.forEach(one -> names.addAll(one.keySet()));
        names.removeIf(name -> params.stream()
                        .map(one -> String.valueOf(one.get(name)))
                        .distinct()
                        .count()
                < 2);
        Set<String> benchmarks =
                there.stream().map(piece -> piece.from.result().benchmark()).collect(Collectors.toSet());
        if (benchmarks.size() > 1) {
            return "pooled: the forks of different benchmarks count as forks of one row, as --row says";
        }
        if (!names.isEmpty()) {
            return "pooled over "
                    + names.stream()
                            .map(name -> name + " (" + values(name, params) + ")")
                            .collect(Collectors.joining(", "))
                    + ": forks of all of them count as forks of one row";
        }
        return files.size() > 1
                ? "pooled: rows of " + String.join(" and ", files) + " count as forks of one row in " + label
                : "pooled: " + files.iterator().next()
                        + " has the same row more than once, and nothing tells them apart; their forks count together";
    }

    private static String values(String name, Set<Map<String, String>> params) {
        return params.stream()
                .map(one -> one.getOrDefault(name, "-"))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
