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
        List<JmhResult> results = new ArrayList<>();
        files.forEach(file -> results.addAll(ResultFile.read(file)));
        Table table = OverheadTable.of(results);
        PrintWriter out = spec.commandLine().getOut();
        (markdown ? table.markdown() : table.lines()).forEach(out::println);
        out.flush();
    }
}
