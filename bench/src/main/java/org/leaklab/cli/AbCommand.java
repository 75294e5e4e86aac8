package org.leaklab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.leaklab.ab.AbAnswer;
import org.leaklab.ab.AbGate;
import org.leaklab.ab.AbRun;
import org.leaklab.ab.AbScreen;
import org.leaklab.ab.BenchmarkJar;
import org.leaklab.ab.ForkFailedException;
import org.leaklab.ab.FreshJvmRuler;
import org.leaklab.ab.JarForks;
import org.leaklab.ab.JmhWords;
import org.leaklab.ab.PairFile;
import org.leaklab.ab.Question;
import org.leaklab.ab.SideFiles;
import org.leaklab.core.text.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures two jars of benchmarks in turn and says whether one is slower. */
@Command(
        name = "ab",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        preprocessor = WordsForJmh.class,
        customSynopsis = "bench ab BASE.jar NEW.jar [OPTIONS] [JMH PATTERNS AND OPTIONS]",
        description = {
            "Measures two jars of JMH benchmarks in turn on this machine, and says what changed.",
            "A pair is a fork of each jar: one run of its own JMH. The order is ABBA, so that a machine that drifts slows "
                    + "both alike. Between pairs a ruler, fixed work of leaklab's, says whether the machine held still; a pair "
                    + "across which it moved does not count, and when that is more than a quarter there is no verdict.",
            "The test is the sign-flip test of the logarithms of the pairs' ratios, exact up to 20 pairs, corrected for the "
                    + "number of benchmarks. Each pair is kept in DIR at once; the same command goes on after it was stopped.",
            "Words for JMH are all that are no options below: patterns, -p, -wi, -i, -w, -r, -t, -jvmArgs, -prof. JMH's -f, "
                    + "-rf, -rff and -o are not for you: each run is one fork, and DIR holds the results.",
            "Exit code 0; 2 for bad input or a fork that fails. With --fail-above: 1 when a benchmark is worse by more, 2 "
                    + "when that cannot be told."
        })
final class AbCommand implements Callable<Integer> {

    private static final String PAIRS = "pairs.jsonl";

    @Parameters(index = "0", paramLabel = "BASE.jar", description = "What it was before.")
    private Path base = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW.jar", description = "What it is now.")
    private Path now = Path.of("");

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "JMH",
            description = "Patterns and options of JMH, for both jars.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many pairs (default 8); six are the least with which something can be significant.")
    private int pairs = 8;

    @Option(
            names = "--until",
            paramLabel = "PERCENT",
            description =
                    "Go on until the 95%% interval of each ratio is that narrow to both sides, as 2%%, or the time is "
                            + "up. Significance ends nothing, for a test that is repeated until it says yes says so too often.")
    private @Nullable String until;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "What all pairs may take, such as 30m (the default with --until).")
    private @Nullable Duration time;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Folder for the pairs, the results of both sides as JMH writes them, and what JMH said "
                    + "(default results/local/ab/ with a name made of jars and options).")
    private @Nullable Path output;

    @Option(
            names = "--fail-above",
            paramLabel = "PERCENT",
            description =
                    "Exit with 1 when a benchmark is worse by more than this, as 5%%, also at the better end of its "
                            + "interval; with 2 when that cannot be told.")
    private @Nullable String failAbove;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        AbGate gate = failAbove == null ? null : new AbGate(Percent.of("--fail-above", failAbove));
        AbRun.End end = end();
        BenchmarkJar baseJar = BenchmarkJar.of(base);
        BenchmarkJar newJar = BenchmarkJar.of(now);
        JmhWords jmh = new JmhWords(words);
        Question question = Question.of(baseJar, newJar, jmh);
        Path folder = folder(baseJar, newJar, question);
        FreshJvmRuler ruler = new FreshJvmRuler();
        PrintWriter err = spec.commandLine().getErr();
        if (!Files.exists(folder.resolve(PAIRS))) {
            err.println("bench ab: reads the ruler, to see how far it moves by itself");
            err.flush();
        }
        PairFile file = PairFile.open(folder.resolve(PAIRS), question, ruler);
        SideFiles sides = new SideFiles(folder);
        try {
            new AbRun(file, new JarForks(baseJar, newJar, jmh, folder.resolve("forks.log")), ruler, System::nanoTime)
                    .run(end, line -> {
                        err.println("bench ab: " + line);
                        err.flush();
                    });
        } catch (ForkFailedException e) {
            err.println("bench ab: " + Printable.of(String.valueOf(e.getMessage())) + "; its last lines:");
            e.details().forEach(line -> err.println("    " + Printable.of(line)));
            err.flush();
            return 2;
        }
        sides.write(file.pairs());
        AbAnswer answer = AbAnswer.of(file.pairs());
        print(answer, baseJar, newJar, jmh, file, sides);
        if (gate == null) {
            return 0;
        }
        AbGate.Answer gated = gate.of(answer);
        gated.sentences().forEach(line -> err.println("bench ab: " + Printable.of(line)));
        err.flush();
        return gated.exit();
    }

    private AbRun.End end() {
        if (pairs < 1) {
            throw new IllegalArgumentException("--pairs is at least 1, not " + pairs);
        }
        Double narrow = until == null ? null : Percent.of("--until", until);
        if (narrow != null && narrow <= 0) {
            throw new IllegalArgumentException("--until is above 0%, for no interval has no width");
        }
        return new AbRun.End(pairs, narrow, time == null && narrow != null ? Duration.ofMinutes(30) : time);
    }

    private Path folder(BenchmarkJar baseJar, BenchmarkJar newJar, Question question) {
        Path folder = Objects.requireNonNullElseGet(
                output,
                () -> Path.of(
                        "results",
                        "local",
                        "ab",
                        baseJar.shortHash() + "-" + newJar.shortHash()
                                + String.format(java.util.Locale.ROOT, "-%08x", question.hashCode())));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalArgumentException("\"" + folder + "\" is no folder and cannot be made one", e);
        }
        return folder;
    }

    private void print(
            AbAnswer answer, BenchmarkJar baseJar, BenchmarkJar newJar, JmhWords jmh, PairFile file, SideFiles sides) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, answer);
            return;
        }
        List<String> head = new ArrayList<>(List.of(
                "base  " + Printable.of(baseJar.path().toString()) + "  " + baseJar.shortHash(),
                "new   " + Printable.of(newJar.path().toString()) + "  " + newJar.shortHash()
                        + (baseJar.sha256().equals(newJar.sha256()) ? " (the same jar)" : ""),
                "JMH   " + Printable.of(jmh.line()) + "  JDK " + Runtime.version(),
                "ruler " + file.band().text()));
        file.band().warning().ifPresent(head::add);
        new AbScreen(head, answer, TerminalWidth.now()).lines().forEach(out::println);
        out.println("both sides for compare: " + sides.base() + " " + sides.now());
        out.flush();
    }
}
