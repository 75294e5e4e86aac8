package org.leaklab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.leaklab.bench.memory.MemorySeries;
import org.leaklab.bench.memory.Slope;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;
import org.leaklab.table.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints bytes a stuck thread from results of the memory benchmarks. */
@Command(
        name = "memory-table",
        mixinStandardHelpOptions = true,
        description = {
            "Reads JMH's JSON of the memory benchmarks and prints bytes a stuck thread: a row a way of being stuck.",
            "Each figure is the slope of a regression over populations of several sizes, with its 95 %% interval. "
                    + "A * says that a straight line does not describe them, so that it depends on how many there are."
        })
final class MemoryTableCommand implements Runnable {

    private static final List<String> METRICS =
            List.of("heap", "native.thread.committed", "native.thread.reserved", "rss");

    @Option(names = "--markdown", description = "Print a table in Markdown.")
    private boolean markdown;

    @Parameters(arity = "1..*", paramLabel = "RESULT.json", description = "Files that JMH wrote with -rf json.")
    private List<Path> files = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        List<JmhResult> results = new ArrayList<>();
        for (Path file : files) {
            results.addAll(ResultFile.read(file));
        }
        List<MemorySeries> all = MemorySeries.of(results);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no file holds a result of a memory benchmark, as in: java -jar"
                    + " benchmarks.jar memory -rf json -rff memory.json");
        }
        Table table = new Table(
                "JDK",
                "code",
                "stuck on",
                "threads",
                "depth",
                "payload",
                "heap",
                "native",
                "reserved",
                "resident",
                "R2");
        for (MemorySeries series : all) {
            List<String> cells = new ArrayList<>(List.of(
                    series.jdk(),
                    series.code(),
                    param(series, "on"),
                    param(series, "threads"),
                    param(series, "depth"),
                    param(series, "payload")));
            METRICS.forEach(metric -> cells.add(bytes(series.slope(metric))));
            Slope telling =
                    series.slope(param(series, "threads").equals("virtual") ? "heap" : "native.thread.committed");
            cells.add(String.format(Locale.ROOT, "%.4f", telling.rSquared()));
            table.row(cells.toArray());
        }
        PrintWriter out = spec.commandLine().getOut();
        (markdown ? table.markdown() : table.lines()).forEach(out::println);
        out.flush();
    }

    private static String param(MemorySeries series, String name) {
        return series.params().getOrDefault(name, "-");
    }

    private static String bytes(Slope slope) {
        return String.format(
                Locale.ROOT,
                "%,.0f ± %,.0f%s",
                slope.perThread(),
                slope.high() - slope.perThread(),
                slope.linear() ? "" : " *");
    }
}
