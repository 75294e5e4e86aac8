package org.leaklab.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.leaklab.bench.run.Preset;

/**
 * What is said around the figures of a first look, which is what the preset {@code quick} is for: before them how long
 * it takes and how to get more, after them where they come from and what to do next. The figures are those of
 * {@link QuickAnswer}.
 */
final class FirstLook {

    /** The preset. */
    static final String PRESET = "quick";

    private FirstLook() {}

    /**
     * What is said before.
     *
     * @param time how long it takes
     */
    static List<String> heading(String time, NextCommands commands) {
        return List.of(
                "A first look: a part of each group of benchmarks, one fork each, about " + time + ".",
                line("help:", commands.of("--help")),
                line("what is published, " + time("publish") + ":", commands.of("bench")),
                line("everything, " + time("full") + ":", commands.of("bench", "--preset", "full")),
                "");
    }

    private static String line(String what, String command) {
        return "  %-27s %s".formatted(what, command);
    }

    private static String time(String preset) {
        Duration time = Duration.ofSeconds(Preset.named(preset).groups().values().stream()
                .mapToInt(Preset.Group::seconds)
                .sum());
        return time.toHours() < 2 ? time.toMinutes() + " min" : time.toHours() + " hours";
    }

    /**
     * What is said after.
     *
     * @param folder where the results are
     * @param log where all is that JMH and the JVMs said
     */
    static List<String> ending(Path folder, Path log, NextCommands commands) {
        List<String> ending = new ArrayList<>(List.of(
                "one fork: for a first look, not for comparing",
                "",
                line("all figures, as JSON:", commands.path(folder)),
                line("warnings of JMH and JVMs:", commands.path(log)),
                "next:"));
        commands.after(folder).forEach(command -> ending.add("  " + command));
        return ending;
    }
}
