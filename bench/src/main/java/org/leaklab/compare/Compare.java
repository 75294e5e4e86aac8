package org.leaklab.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;

/**
 * How results are to be compared.
 *
 * @param filter what the name, parameters and metric of a row must match somewhere; null takes all
 * @param rows what a row stands for, separated by commas; null for all that columns do not stand for
 * @param columns what a column stands for; null for the file
 * @param iterations whether each iteration counts as a value, and not each fork
 * @param alpha below which p-value a difference is significant
 * @param holm whether p-values are corrected for the number of rows first
 */
public record Compare(
        @Nullable String filter,
        @Nullable String rows,
        @Nullable String columns,
        boolean iterations,
        double alpha,
        boolean holm) {

    /** Results by the name of the file that they are from. */
    public record Input(String name, List<JmhResult> results) {}

    /** The name of the metric that a benchmark is about. */
    public static final String PRIMARY = Measure.PRIMARY;

    /** Whether more of a unit is better: operations a time are, time and bytes are not. */
    public static boolean moreIsBetter(String unit) {
        return unit.startsWith("ops/");
    }

    /**
     * Reads and compares files, or folders of files.
     *
     * @throws IllegalArgumentException if a file is malformed, nothing is left to compare, or an option names what
     *     there is not; the message says so in a sentence
     */
    public Comparison files(List<Path> files) {
        List<Input> inputs = new ArrayList<>();
        List<String> names = names(files);
        for (int i = 0; i < files.size(); i++) {
            inputs.add(new Input(names.get(i), ResultFile.readAll(files.get(i))));
        }
        return inputs(inputs);
    }

    /**
     * Compares results.
     *
     * @throws IllegalArgumentException if nothing is left to compare, or an option names what there is not; the message
     *     says so in a sentence
     */
    public Comparison inputs(List<Input> inputs) {
        List<Measure> measures = new ArrayList<>();
        for (Input input : inputs) {
            for (JmhResult result : input.results()) {
                measures.addAll(
                        Measure.of(input.name(), result, iterations ? Measure.Of.ITERATIONS : Measure.Of.FORKS));
            }
        }
        if (measures.isEmpty()) {
            throw new IllegalArgumentException("no file holds a result");
        }
        Projection byColumn = columns == null
                ? new Projection(List.of(Projection.FILE))
                : Projection.parse("--col", columns, measures);
        Projection byRow =
                rows == null ? Projection.rest(measures, byColumn) : Projection.parse("--row", rows, measures);
        List<Measure> kept = filter(measures);
        return new RowJudge(alpha, holm).compare(kept, byRow, byColumn);
    }

    private List<Measure> filter(List<Measure> measures) {
        if (filter == null) {
            return measures;
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(filter);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("\"" + filter + "\" is no regular expression: " + e.getDescription(), e);
        }
        List<Measure> kept = measures.stream()
                .filter(measure -> pattern.matcher(text(measure)).find())
                .toList();
        if (kept.isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing matches \"" + filter + "\"; a row reads like: " + text(measures.getFirst()));
        }
        return kept;
    }

    private static String text(Measure measure) {
        StringBuilder text = new StringBuilder(measure.result().benchmark());
        measure.result()
                .params()
                .forEach((name, value) ->
                        text.append(' ').append(name).append('=').append(value));
        return text.append(' ').append(measure.metric()).toString();
    }

    /** The shortest ends of paths that tell the files apart; a file that is given twice gets a number. */
    private static List<String> names(List<Path> files) {
        List<String> names = new ArrayList<>();
        for (Path file : files) {
            int length = 1;
            while (length < file.getNameCount() && isAmbiguous(file, length, files)) {
                length++;
            }
            String name = end(file, length).toString().replace('\\', '/');
            String numbered = name;
            for (int number = 2; names.contains(numbered); number++) {
                numbered = name + " (" + number + ")";
            }
            names.add(numbered);
        }
        return names;
    }

    private static boolean isAmbiguous(Path file, int length, List<Path> files) {
        return files.stream()
                .anyMatch(other -> !other.equals(file) && end(other, length).equals(end(file, length)));
    }

    private static Path end(Path file, int length) {
        int names = file.getNameCount();
        return file.subpath(Math.max(0, names - length), names);
    }
}
