package org.leaklab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.leaklab.bench.memory.MemoryTable;
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
        Table table = MemoryTable.of(results);
        PrintWriter out = spec.commandLine().getOut();
        (markdown ? table.markdown() : table.lines()).forEach(out::println);
        out.flush();
    }
}
