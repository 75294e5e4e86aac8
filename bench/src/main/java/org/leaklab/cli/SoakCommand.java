package org.leaklab.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.leaklab.soak.Plant;
import org.leaklab.soak.Soak;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Random operations on the whole core for a long time. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Random operations on the whole core, on both kinds of thread, for a long time: nobody gets stuck, nothing is lost, nothing grows.",
            "Exit code 0 when all is well, 1 otherwise."
        })
final class SoakCommand implements Callable<Integer> {

    private static final int LONGEST = 7 * 24 * 60 * 60;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "600",
            description = "How long it takes (default 600).")
    private int seconds;

    @Option(names = "--seed", paramLabel = "N", description = "Where all that is random comes from (default: new).")
    private long seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

    @Option(
            names = "--plant",
            paramLabel = "LEAK",
            defaultValue = "none",
            description = "Plants something that must be found: waiter, context, thread, stuck, item, permit, memory.")
    private Plant plant = Plant.NONE;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1 || seconds > LONGEST) {
            throw new ParameterException(spec.commandLine(), "--seconds is from 1 to " + LONGEST + ", not " + seconds);
        }
        Duration patience = Duration.ofSeconds(Long.getLong("leaklab.patience", 10));
        Soak soak = new Soak(spec.commandLine().getOut(), Duration.ofSeconds(seconds), patience, seed, plant);
        return soak.run().isEmpty() ? 0 : 1;
    }
}
