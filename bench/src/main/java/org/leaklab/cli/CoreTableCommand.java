package org.leaklab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.leaklab.bench.core.CoreBars;
import org.leaklab.bench.core.CoreScore;
import org.leaklab.bench.core.CoreTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints results of the core's benchmarks as tables. */
@Command(
        name = "core-table",
        mixinStandardHelpOptions = true,
        description = {
            "Reads JMH's JSON of the core's benchmarks and prints Markdown: a table a question, a row a cell, a column an implementation.",
            "A score is ns/op with its 99.9 %% error. Behind a peer's stands how many times slower it is than leaklab in the same run, "
                    + "and between what, from the ends of both errors."
        })
final class CoreTableCommand implements Runnable {

    @Option(
            names = "--bars",
            description =
                    "Print only what the core is meant to reach: each bar, the ratio, its interval, and whether it is reached.")
    private boolean bars;

    @Parameters(arity = "1..*", paramLabel = "RESULT.json", description = "Files that JMH wrote with -rf json.")
    private List<Path> files = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        List<CoreScore> scores = new ArrayList<>();
        for (Path file : files) {
            scores.addAll(CoreScore.read(file));
        }
        PrintWriter out = spec.commandLine().getOut();
        (bars ? CoreBars.markdown(scores) : new CoreTable(scores).markdown()).forEach(out::println);
        out.flush();
    }
}
