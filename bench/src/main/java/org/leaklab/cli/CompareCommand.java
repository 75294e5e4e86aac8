package org.leaklab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.leaklab.compare.Compare;
import org.leaklab.compare.Comparison;
import org.leaklab.compare.ComparisonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares results of JMH, of any project, and says which differences mean something. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads JMH's JSON, plain or gzipped, and prints a row a benchmark, a column a file: the median over forks with its "
                    + "95 %% interval, and its change against the first column, or ~ where it is not significant.",
            "Significance is by the exact test of Mann and Whitney on the means of forks, corrected by Holm's method for the "
                    + "number of rows. Four forks on each side are the fewest that can show anything.",
            "Exit code 0, 1 for a regression that --fail-above forbids, 2 for bad input."
        })
final class CompareCommand implements Callable<Integer> {

    /** How it is printed. */
    enum Format {
        TEXT,
        MARKDOWN,
        CSV,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** In which order. */
    enum Sort {
        NONE,
        NAME,
        DELTA;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Parameters(
            arity = "2..*",
            paramLabel = "RESULT",
            description = "Files that JMH wrote with -rf json, or folders of them; the first is the base.")
    private List<Path> files = List.of();

    @Option(
            names = "--filter",
            paramLabel = "REGEX",
            description = "Only rows whose name, parameters and metric match.")
    private @Nullable String filter;

    @Option(
            names = "--row",
            paramLabel = "KEY,KEY",
            description =
                    "What a row stands for: benchmark, mode, jdk, file, or parameters (default all that --col does not take).")
    private @Nullable String rows;

    @Option(names = "--col", paramLabel = "KEY,KEY", description = "What a column stands for (default file).")
    private @Nullable String columns;

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            defaultValue = "none",
            description = "none (of the files), name or delta.")
    private Sort sort = Sort.NONE;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, markdown, csv or json.")
    private Format format = Format.TEXT;

    @Option(
            names = "--iterations",
            description = "Take iterations as values, not forks: more of them, but not independent.")
    private boolean iterations;

    @Option(
            names = "--alpha",
            paramLabel = "P",
            defaultValue = "0.05",
            description = "What p-value is significant (default 0.05).")
    private double alpha = 0.05;

    @Option(names = "--uncorrected", description = "Judge each row by itself, without Holm's correction.")
    private boolean uncorrected;

    @Option(
            names = "--fail-above",
            paramLabel = "PERCENT",
            description = "Exit with 1 when a primary metric gets significantly worse by more than this, as in 5%%.")
    private @Nullable String failAbove;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        double forbidden = failAbove == null ? Double.POSITIVE_INFINITY : percent(failAbove);
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("--alpha is a probability between 0 and 1, not " + alpha);
        }
        Comparison comparison =
                sorted(new Compare(filter, rows, columns, iterations, alpha, !uncorrected).files(files));
        print(comparison);
        List<String> worse = comparison.regressions(forbidden);
        PrintWriter err = spec.commandLine().getErr();
        worse.forEach(line -> err.println("compare: " + line));
        err.flush();
        return worse.isEmpty() ? 0 : 1;
    }

    private Comparison sorted(Comparison comparison) {
        return switch (sort) {
            case NONE -> comparison;
            case NAME -> comparison.sortedByName();
            case DELTA -> comparison.sortedByChange();
        };
    }

    private void print(Comparison comparison) {
        PrintWriter out = spec.commandLine().getOut();
        ComparisonText text = new ComparisonText(comparison);
        switch (format) {
            case TEXT -> text.text().forEach(out::println);
            case MARKDOWN -> text.markdown().forEach(out::println);
            case CSV -> text.csv().forEach(out::println);
            case JSON -> Json.print(out, comparison);
        }
        out.flush();
    }

    private static double percent(String text) {
        try {
            double percent = Double.parseDouble(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
            if (percent >= 0) {
                return percent / 100;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("--fail-above takes a percentage, as in 5%, not \"" + text + "\"");
    }
}
