package org.leaklab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;
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

    private static final String BENCHMARK = "org.leaklab.bench.overhead.";
    private static final Map<String, Double> BARS = Map.of("hand-off", 1.02, "select", 1.02, "fork-join", 1.05);

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
        boolean any = false;
        for (Path file : files) {
            for (JmhResult result : ResultFile.read(file)) {
                JmhResult.Metric slowdown = result.secondary().get("slowdown");
                JmhResult.Metric without = result.secondary().get("without");
                if (result.benchmark().startsWith(BENCHMARK) && slowdown != null && without != null) {
                    row(table, result, slowdown, without);
                    any = true;
                }
            }
        }
        if (!any) {
            throw new IllegalArgumentException("no file holds a result of an overhead benchmark, as in: java -jar"
                    + " benchmarks.jar overhead -rf json -rff overhead.json");
        }
        PrintWriter out = spec.commandLine().getOut();
        (markdown ? table.markdown() : table.lines()).forEach(out::println);
        out.flush();
    }

    private static void row(Table table, JmhResult result, JmhResult.Metric slowdown, JmhResult.Metric without) {
        String operation = result.params().getOrDefault("operation", "-");
        String detector = result.params().getOrDefault("detector", "-");
        Double bar = detector.equals("count") || detector.equals("reachability") ? BARS.get(operation) : null;
        table.row(
                result.jdk(),
                result.benchmark().contains("Untracked") ? "no" : "yes",
                operation,
                result.params().getOrDefault("threads", "-"),
                result.params().getOrDefault("stuck", "-"),
                detector,
                String.format(Locale.ROOT, "%,.0f", without.score()),
                String.format(Locale.ROOT, "%.3f ± %.3f", slowdown.score(), slowdown.error()),
                bar == null ? "" : String.format(Locale.ROOT, "%.2f", bar),
                bar == null ? "" : verdict(slowdown.score(), slowdown.error(), bar));
    }

    private static String verdict(double score, double error, double bar) {
        return score + error <= bar ? "reached" : score - error > bar ? "missed" : "open";
    }
}
