package org.leaklab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.leaklab.bench.overhead.Slowdown;
import org.leaklab.results.ResultFile;
import org.leaklab.table.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints how much slower operations are with a detector attached, and holds that against the bars. */
@Command(
        name = "overhead-table",
        mixinStandardHelpOptions = true,
        description = {
            "Reads JMH's JSON of the overhead benchmarks and prints a row an operation, kind of thread and detector: how many "
                    + "times longer it takes with the detector than without it, with its 99.9 %% interval.",
            "Bars for count and reachability: 1.02 on hand-off and select, 1.05 on fork-join. A bar is reached when the whole "
                    + "interval is below it, missed when it is above, and open when the bar is inside. The detector none shows "
                    + "what noise alone does."
        })
final class OverheadTableCommand implements Runnable {

    @Option(names = "--markdown", description = "Print a table in Markdown.")
    private boolean markdown;

    @Parameters(arity = "1..*", paramLabel = "RESULT.json", description = "Files that JMH wrote with -rf json.")
    private List<Path> files = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Table table = new Table(
                "JDK", "tracked", "operation", "threads", "stuck", "detector", "without ns", "slowdown", "bar", "");
        for (Path file : files) {
            Slowdown.of(ResultFile.read(file)).forEach(slowdown -> row(table, slowdown));
        }
        if (table.isEmpty()) {
            throw new IllegalArgumentException("no file holds a result of an overhead benchmark, as in: java -jar"
                    + " benchmarks.jar overhead -rf json -rff overhead.json");
        }
        PrintWriter out = spec.commandLine().getOut();
        (markdown ? table.markdown() : table.lines()).forEach(out::println);
        out.flush();
    }

    private static void row(Table table, Slowdown slowdown) {
        Double bar = slowdown.bar();
        Slowdown.Verdict verdict = slowdown.verdict();
        table.row(
                slowdown.jdk(),
                slowdown.tracked() ? "yes" : "no",
                slowdown.operation(),
                slowdown.threads(),
                slowdown.stuck(),
                slowdown.detector(),
                String.format(Locale.ROOT, "%,.0f", slowdown.without()),
                String.format(Locale.ROOT, "%.3f ± %.3f", slowdown.slowdown(), slowdown.error()),
                bar == null ? "" : String.format(Locale.ROOT, "%.2f", bar),
                verdict == null ? "" : verdict);
    }
}
