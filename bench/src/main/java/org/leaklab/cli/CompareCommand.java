package org.leaklab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.headline.Headlines;
import org.leaklab.compare.Compare;
import org.leaklab.compare.Comparison;
import org.leaklab.compare.Csv;
import org.leaklab.compare.Gate;
import org.leaklab.compare.Input;
import org.leaklab.compare.Judge;
import org.leaklab.compare.PullRequest;
import org.leaklab.compare.Screen;
import org.leaklab.core.text.Printable;
import org.leaklab.results.GoText;
import org.leaklab.results.HeadlineFile;
import org.leaklab.results.HeadlineMeasures;
import org.leaklab.results.ResultFile;
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
            "Reads JMH's JSON, plain or gzipped, or its CSV, and says what changed: what is better, worse, not seen and not "
                    + "tested, the worst and the best with their intervals, and what would give an answer.",
            "significant: by the exact test of Mann and Whitney on the means of forks, corrected so that of what is called "
                    + "significant at most 5 %% is false (Benjamini and Hochberg). separated: too few forks for that, but the "
                    + "ranges do not overlap: a hint. not seen: these values show no difference.",
            "Exit code 0; 2 for bad input. With --fail-above: 1 when a headline measure is worse by more, 2 when that cannot "
                    + "be told."
        })
final class CompareCommand implements Callable<Integer> {

    /** How it is printed. */
    enum Format {
        TEXT,
        MARKDOWN,
        GITHUB,
        CSV,
        JSON,
        GO;

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
            arity = "1..*",
            paramLabel = "RESULT",
            description = "Files that JMH wrote with -rf json or csv, or folders of them; the first is the base.")
    private List<Path> files = List.of();

    @Option(
            names = "--filter",
            paramLabel = "REGEX",
            description =
                    "Only rows whose name, parameters and metric match; a secondary metric is shown when this names it.")
    private @Nullable String filter;

    @Option(
            names = "--row",
            paramLabel = "KEY,KEY",
            description =
                    "What a row stands for: benchmark, class, method, mode, jdk, file, threads, vm, or parameters (default all that "
                            + "--col does not take). A parameter with such a name goes first: .jdk is the JDK then.")
    private @Nullable String rows;

    @Option(
            names = "--col",
            paramLabel = "KEY,KEY",
            description =
                    "What a column stands for (default file): with a parameter, or method, one file is compared with itself.")
    private @Nullable String columns;

    @Option(names = "--all", description = "Every row, not only those that changed most.")
    private boolean all;

    @Option(names = "--missing", description = "Only what is on one side and not on the other.")
    private boolean missing;

    @Option(
            names = "--secondary",
            description = "Metrics that are no headline too; they do not change what is said of headlines.")
    private boolean secondary;

    @Option(
            names = "--headlines",
            paramLabel = "FILE",
            description = "JSON that declares more headline measures: a list of {group, measure, benchmark, metric}.")
    private @Nullable Path headlines;

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            defaultValue = "none",
            description = "Order of rows: none (of the files), name or delta.")
    private Sort sort = Sort.NONE;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "text, markdown (for a comment on a pull request), github (a step summary and annotations), csv, json, "
                            + "or go: the values themselves in Go's benchmark format, of one file too.")
    private Format format = Format.TEXT;

    @Option(
            names = "--iterations",
            description = "Take iterations as values, not forks: more of them, but not independent.")
    private boolean iterations;

    @Option(
            names = "--alpha",
            paramLabel = "P",
            defaultValue = "0.05",
            description = "Which share of false answers is allowed (default 0.05).")
    private double alpha = 0.05;

    @Option(names = "--uncorrected", description = "Judge each row by itself, however many there are.")
    private boolean uncorrected;

    @Option(
            names = "--fail-above",
            paramLabel = "PERCENT",
            description =
                    "Exit with 1 when a headline measure is worse by more than this, as in 5%%, also at the better end "
                            + "of its interval; with 2 when that cannot be told.")
    private @Nullable String failAbove;

    @Option(names = "--allow-untested", description = "With --fail-above: too few forks are no reason to exit with 2.")
    private boolean allowUntested;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (format == Format.GO) {
            return goText();
        }
        Gate.Answer passed = new Gate.Answer(0, List.of(), List.of());
        Gate gate = failAbove == null ? null : new Gate(Percent.of("--fail-above", failAbove), allowUntested);
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("--alpha is a probability between 0 and 1, not " + alpha);
        }
        if (headlines != null && rows != null) {
            throw new IllegalArgumentException(
                    "--headlines and --row both say what a row stands for: leave out one of them");
        }
        List<HeadlineMeasures> measures = new ArrayList<>(Headlines.all());
        if (headlines != null) {
            measures.addAll(HeadlineFile.read(headlines));
        }
        Judge judge = new Judge(alpha, !uncorrected);
        Comparison comparison =
                sorted(new Compare(measures, filter, rows, columns, secondary, iterations, judge).files(files));
        Gate.Answer answer = gate == null ? passed : gate.of(comparison);
        print(comparison, answer);
        PrintWriter err = spec.commandLine().getErr();
        answer.sentences().forEach(line -> err.println("compare: " + Printable.of(line)));
        err.flush();
        return answer.exit();
    }

    /** Go's tools compare by themselves, so they get what was measured. */
    private int goText() {
        if (failAbove != null || rows != null || columns != null || headlines != null || filter != null) {
            throw new IllegalArgumentException(
                    "--format go prints all values and compares nothing: leave out --fail-above, "
                            + "--filter, --row, --col and --headlines");
        }
        GoText text = new GoText(iterations);
        List<String> names = Input.names(files);
        for (int i = 0; i < files.size(); i++) {
            text.add(names.get(i), ResultFile.readAll(files.get(i)));
        }
        PrintWriter out = spec.commandLine().getOut();
        text.lines().forEach(out::println);
        out.flush();
        return 0;
    }

    private Comparison sorted(Comparison comparison) {
        return switch (sort) {
            case NONE -> comparison;
            case NAME ->
                comparison.sorted(Comparator.comparing(Comparison.Row::benchmark)
                        .thenComparing(row -> row.params().toString()));
            case DELTA -> comparison.sorted(Comparator.comparingDouble(row -> -row.largestChange()));
        };
    }

    private void print(Comparison comparison, Gate.Answer answer) {
        PrintWriter out = spec.commandLine().getOut();
        Screen screen = new Screen(comparison, TerminalWidth.now());
        switch (format) {
            case TEXT -> (missing ? screen.missing() : all ? screen.all() : screen.answer()).forEach(out::println);
            case MARKDOWN -> new PullRequest(comparison, answer).markdown().forEach(out::println);
            case GITHUB -> github(out, new PullRequest(comparison, answer), System.getenv("GITHUB_STEP_SUMMARY"));
            case CSV -> Csv.of(comparison).forEach(out::println);
            case JSON -> Json.print(out, comparison);
            case GO -> throw new IllegalStateException("Go's format has values, and no comparison");
        }
        out.flush();
    }

    static void github(PrintWriter out, PullRequest page, @Nullable String summary) {
        if (summary == null || summary.isEmpty()) {
            page.markdown().forEach(out::println);
        } else {
            try {
                Files.write(
                        Path.of(summary),
                        page.markdown(),
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new IllegalArgumentException("the step summary \"" + summary + "\" cannot be written", e);
            }
        }
        page.annotations().forEach(out::println);
    }
}
