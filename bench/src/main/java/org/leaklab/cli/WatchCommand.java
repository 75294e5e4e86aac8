package org.leaklab.cli;

import java.util.concurrent.Callable;
import org.leaklab.lab.Catalogue;
import org.leaklab.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the threads of a scenario while they pile up, are freed, and no longer pile up. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows how the threads of one scenario pile up, and how they do not where it is fixed.",
            "The leaky form runs again and again, then its threads are left alone, then freed, then the fixed form runs, on "
                    + "both kinds of thread at the same time: some seconds for each idiom.",
            "Exit code 0, or 2 for bad input."
        })
final class WatchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "The scenario.")
    private String id = "";

    @Option(
            names = "--idiom",
            paramLabel = "IDIOM",
            defaultValue = "both",
            description = "channel, jdk or both (default).")
    private Idioms idioms = Idioms.BOTH;

    @Option(
            names = "--threads",
            paramLabel = "KIND",
            defaultValue = "both",
            description = "platform, virtual or both (default).")
    private Kinds kinds = Kinds.BOTH;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (id.equals(CellChoice.ALL)) {
            throw new ParameterException(spec.commandLine(), "watch shows one scenario, not all: name one");
        }
        for (Scenario scenario : idioms.of(Catalogue.load(), id)) {
            WatchView.show(
                    scenario,
                    kinds.kinds,
                    spec.commandLine().getOut(),
                    spec.commandLine().getColorScheme().ansi());
        }
        return 0;
    }
}
