package org.leaklab.compare;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.compare.Projection.Placed;
import org.leaklab.results.HeadlineMeasures;
import org.leaklab.results.JmhResult;

/**
 * How results are to be compared.
 *
 * @param headlines the measures that groups declare; benchmarks of other groups have their primary metrics
 * @param filter what the name, parameters and metric of a row must match somewhere; null takes all
 * @param rows what a row stands for, separated by commas; null for all that columns do not stand for
 * @param columns what a column stands for; null for the file
 * @param secondary whether metrics are shown that are no headline
 * @param iterations whether each iteration counts as a value, and not each fork
 * @param judge what decides
 */
public record Compare(
        List<HeadlineMeasures> headlines,
        @Nullable String filter,
        @Nullable String rows,
        @Nullable String columns,
        boolean secondary,
        boolean iterations,
        Judge judge) {

    /** The name of the metric that a benchmark is about. */
    public static final String PRIMARY = Question.PRIMARY;

    private static final int NAMED = 3;

    public Compare {
        headlines = List.copyOf(headlines);
    }

    /** With the usual test, of all rows and files. */
    public static Compare usual(List<HeadlineMeasures> headlines) {
        return new Compare(headlines, null, null, null, false, false, Judge.USUAL);
    }

    /**
     * Reads and compares files, or folders of files.
     *
     * @throws IllegalArgumentException if a file is malformed, nothing is left to compare, or an option names what
     *     there is not; the message says so in a sentence
     */
    public Comparison files(List<Path> files) {
        if (columns != null) {
            List<Path> once = Input.once(files);
            List<String> notes = once.size() < files.size()
                    ? List.of("a file that is named twice is read once, for --col says what a column is")
                    : List.of();
            return inputs(Input.read(once), notes);
        }
        if (files.size() == 1) {
            List<Placed> only = placed(Input.read(files));
            Set<String> params = Projection.params(only);
            throw new IllegalArgumentException(
                    "there is one file: name another one, or say with --col by what it is to be "
                            + "compared with itself"
                            + (params.isEmpty()
                                    ? ", as by method"
                                    : ", as by a parameter: " + String.join(", ", params)));
        }
        return inputs(Input.read(files), List.of());
    }

    /**
     * Compares results.
     *
     * @throws IllegalArgumentException if nothing is left to compare, or an option names what there is not; the message
     *     says so in a sentence
     */
    public Comparison inputs(List<Input> inputs) {
        return inputs(inputs, List.of());
    }

    private static List<Placed> placed(List<Input> inputs) {
        return inputs.stream()
                .flatMap(input -> input.results().stream().map(result -> new Placed(input.name(), result)))
                .toList();
    }

    private Comparison inputs(List<Input> inputs, List<String> notesBefore) {
        List<Placed> all = placed(inputs);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no file holds a result");
        }
        Projection byColumn = columns == null ? Projection.BY_FILE : Projection.parse("--col", columns, all);
        List<Placed> fitting = all.stream().filter(byColumn::fits).toList();
        List<Placed> once = once(fitting, byColumn);
        Projection byRow = rows == null ? Projection.rest(all, byColumn) : Projection.parse("--row", rows, all);
        Questions questions = new Questions(once, byRow, byColumn);
        List<Questions.Asked> asked = questions.asked(rows == null ? headlines : List.of());
        List<Questions.Asked> kept = filter(asked);
        List<Integer> used = used(kept, questions.labels().size());
        List<String> labels = used.stream().map(questions.labels()::get).toList();
        int words = byRow.has(Projection.Key.CLASS) ? 1 : 2;
        Rows judged = new Rows(labels, judge, iterations, words);
        List<Comparison.Row> made =
                judged.of(kept.stream().map(row -> row.at(used)).toList());
        Differences differences = new Differences(inputs, fitting, byColumn, labels);
        Set<String> notes = new LinkedHashSet<>(notesBefore);
        if (fitting.size() < all.size()) {
            notes.add("left out: " + Screen.count(all.size() - fitting.size(), "row") + " without " + columns);
        }
        if (once.size() < fitting.size()) {
            notes.add(Screen.count(fitting.size() - once.size(), "row")
                    + " stand twice in a column with the very same values: a copy, which counts once");
        }
        notes.addAll(questions.notes());
        notes.addAll(judged.notes());
        notes.addAll(renamed(made, once, byColumn));
        notes.addAll(pooled(kept));
        notes.addAll(unasked(asked, kept, questions.labels(), words));
        return new Comparison(
                labels,
                differences.about(),
                differences.sentences(),
                Groups.of(made, labels),
                made,
                List.copyOf(notes),
                Advice.of(made, labels, judge));
    }

    private record Seen(String column, JmhResult result) {}

    /** Without copies: forks that count twice would make a difference significant that is none. */
    private static List<Placed> once(List<Placed> all, Projection byColumn) {
        Set<Seen> seen = new HashSet<>();
        return all.stream()
                .filter(placed -> seen.add(new Seen(byColumn.label(placed), placed.result())))
                .toList();
    }

    /** All files; of columns by something else those that the filter left a row of. */
    private List<Integer> used(List<Questions.Asked> kept, int all) {
        return IntStream.range(0, all)
                .filter(column -> columns == null
                        || kept.stream().anyMatch(row -> row.cells().get(column) != null))
                .boxed()
                .toList();
    }

    /** A package may have got another name: then no benchmark is in two columns, and its methods are. */
    private static List<String> renamed(List<Comparison.Row> rows, List<Placed> all, Projection byColumn) {
        if (rows.stream().anyMatch(row -> row.changes().findAny().isPresent())) {
            return List.of();
        }
        Map<String, Set<String>> columns = all.stream()
                .collect(Collectors.groupingBy(
                        placed -> placed.result().benchmark().replaceFirst("^.*\\.", ""),
                        TreeMap::new,
                        Collectors.mapping(byColumn::label, Collectors.toSet())));
        long both =
                columns.values().stream().filter(labels -> labels.size() > 1).count();
        return both == 0
                ? List.of()
                : List.of(
                        "in two columns stand " + Screen.count(both, "method")
                                + " of the same name, in other classes or with other parameters: --row method,mode puts them together");
    }

    private static List<String> pooled(List<Questions.Asked> kept) {
        List<String> all =
                kept.stream().flatMap(row -> row.pooled().stream()).distinct().toList();
        return all.size() <= NAMED
                ? all
                : Stream.concat(
                                all.stream().limit(NAMED),
                                Stream.of("pooled in " + (all.size() - NAMED) + " other ways"))
                        .toList();
    }

    private List<Questions.Asked> filter(List<Questions.Asked> asked) {
        if (filter == null) {
            return asked.stream()
                    .filter(row -> secondary || row.question().headline())
                    .toList();
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(filter);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("\"" + filter + "\" is no regular expression: " + e.getDescription(), e);
        }
        List<Questions.Asked> matching = asked.stream()
                .filter(row -> pattern.matcher(row.question().text()).find())
                .toList();
        boolean onHeadlines = matching.stream().anyMatch(row -> row.question().headline());
        List<Questions.Asked> kept = matching.stream()
                .filter(row -> secondary
                        || row.question().headline()
                        || (row.question().isPrimary() ? !onHeadlines : asksForMetric(pattern, row.question())))
                .toList();
        if (kept.isEmpty()) {
            throw new IllegalArgumentException("nothing matches \"" + filter + "\"; a row reads like: "
                    + asked.getFirst().question().text());
        }
        return kept;
    }

    private static boolean asksForMetric(Pattern pattern, Question question) {
        return !pattern.matcher(question.textWithoutMetric()).find();
    }

    /** What stands in the files and is not shown unless somebody asks for it. */
    private List<String> unasked(
            List<Questions.Asked> asked, List<Questions.Asked> kept, List<String> labels, int words) {
        if (secondary || filter != null) {
            return List.of();
        }
        Set<Questions.Asked> shown = new HashSet<>(kept);
        List<Comparison.Row> hidden = new Rows(labels, judge, iterations, words)
                .of(asked.stream().filter(row -> !shown.contains(row)).toList());
        if (hidden.isEmpty()) {
            return List.of();
        }
        List<String> names = hidden.stream()
                .map(row -> row.metric().equals(PRIMARY) ? "times behind the headlines" : row.metric())
                .distinct()
                .toList();
        long changed = hidden.stream()
                .flatMap(Comparison.Row::changes)
                .filter(change -> change.now().significant())
                .count();
        return List.of(
                "not shown: " + hidden.size() + (hidden.size() == 1 ? " row" : " rows") + " of secondary metrics ("
                        + some(names) + "), " + changed + " with a significant change; --secondary shows them");
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }
}
