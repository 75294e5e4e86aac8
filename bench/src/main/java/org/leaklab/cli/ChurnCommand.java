package org.leaklab.cli;

import java.util.concurrent.Callable;
import org.leaklab.soak.Churn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Probes for leaked threads while others come and go. */
@Command(
        name = "churn",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Leaks ten threads, keeps some alive that are no leak, starts short ones without a pause, and probes meanwhile.",
            "Exit code 0 when every probe found the ten and nothing else, and no thread was lost."
        })
final class ChurnCommand implements Callable<Integer> {

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "200000",
            description = "At least so many short threads (default 200000).")
    private int threads = 200_000;

    @Option(
            names = "--probes",
            paramLabel = "N",
            defaultValue = "100",
            description = "At least so many probes (default 100).")
    private int probes = 100;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (threads < 1 || probes < 1) {
            throw new ParameterException(spec.commandLine(), "--threads and --probes are at least 1");
        }
        return new Churn(spec.commandLine().getOut(), threads, probes).run() ? 0 : 1;
    }
}
