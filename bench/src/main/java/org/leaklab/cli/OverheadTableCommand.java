package org.leaklab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.leaklab.bench.overhead.OverheadTable;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;
import org.leaklab.table.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what an attached detector adds to operations, and holds that against the bars. */
@Command(
        name = "overhead-table",
        mixinStandardHelpOptions = true,
        description = {
            "Reads JMH's JSON of the overhead benchmarks and prints a row an operation, kind of thread and detector: the "
                    + "nanoseconds that the detector adds to the operation, and how many times as long it takes, each "
                    + "with its 95 %% interval over forks. What starts and ends a batch of operations is not in it.",
            "The bar for count and reachability is 1.05 times on fork-join. It is reached when the upper end of the "
                    + "interval is not above it, missed when the lower end is, and open when the bar is inside; then the "
                    + "smallest cost that would have shown to be above it stands beside it. In the other operations no "
                    + "thread starts or ends, so nothing of these two runs in them: they are controls. The detector none "
                    + "shows what noise alone does. Results of before the harness was measured have no ratio."
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
        List<JmhResult> results = new ArrayList<>();
        files.forEach(file -> results.addAll(ResultFile.read(file)));
        Table table = OverheadTable.of(results);
        PrintWriter out = spec.commandLine().getOut();
        (markdown ? table.markdown() : table.lines()).forEach(out::println);
        out.flush();
    }
}
