package org.leaklab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.leaklab.bench.Secondary;
import org.leaklab.core.text.Printable;
import org.leaklab.soak.Plant;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where the jar starts: leaklab's own commands, or JMH's command line, as {@link FirstWord} decides. */
@Command(
        name = "benchmarks.jar",
        description = "Threads that can never be woken: shown, measured and found.",
        synopsisHeading = "Usage: java -jar ",
        customSynopsis = {
            "benchmarks.jar                     a first look, 2 to 3 minutes",
            "       java -jar benchmarks.jar COMMAND [OPTIONS]   one of the commands below",
            "       java -jar benchmarks.jar PATTERN [OPTIONS]   JMH: benchmarks by name",
            "       java -jar benchmarks.jar -OPTION             JMH: -l lists benchmarks",
            "       java -jar benchmarks.jar jmh [WORDS]         JMH: -h lists its options"
        },
        commandListHeading = "%nCommands:%n",
        footer = "%nExit codes: 0 all as expected, 1 something was not, 2 bad input, a failure, or no answer.",
        versionProvider = Main.Version.class,
        subcommands = {
            ScenariosCommand.class,
            RunCommand.class,
            WatchCommand.class,
            ServeCommand.class,
            LessonsCommand.class,
            ExerciseCommand.class,
            DetectCommand.class,
            DetectorsCommand.class,
            PatternsCommand.class,
            ChurnCommand.class,
            SoakCommand.class,
            MillionCommand.class,
            BenchCommand.class,
            MergeCommand.class,
            CompareCommand.class,
            ReportCommand.class,
            CoreTableCommand.class,
            MemoryTableCommand.class,
            OverheadTableCommand.class,
            GoResultsCommand.class,
            HelpCommand.class
        })
public final class Main {

    private static final int BAD_INPUT = 2;

    /** And no -h, which is JMH's. */
    @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Print the version and exit.")
    private boolean version;

    private Main() {}

    public static void main(String[] args) throws IOException {
        CommandLine commands = commands();
        switch (FirstWord.of(args, commands.getSubcommands().keySet(), FirstWord::benchmarks)) {
            case FirstWord.None none -> System.exit(run(commands, "bench", "--preset", FirstLook.PRESET));
            case FirstWord.Ours ours -> System.exit(run(commands, ours.words().toArray(String[]::new)));
            case FirstWord.Jmhs jmhs ->
                org.openjdk.jmh.Main.main(forJmh(jmhs.words().toArray(String[]::new)));
            case FirstWord.Wrong wrong -> {
                commands.getErr().println(commands.getCommandName() + ": " + Printable.lines(wrong.why()));
                System.exit(BAD_INPUT);
            }
        }
    }

    /**
     * Runs a command. An exit code of 1 is an answer, so what fails in another way must not end with it: if the memory
     * is not enough, the JVM would end so by itself.
     */
    static int run(CommandLine commands, String... words) {
        try {
            return commands.execute(words);
        } catch (Error e) {
            return refuse(commands, e.toString());
        }
    }

    /**
     * JMH's own arguments and the profiler that adds our secondary metrics; it is silent where a benchmark has none.
     */
    private static String[] forJmh(String[] args) {
        return Stream.concat(Arrays.stream(args), Stream.of("-prof", Secondary.class.getName()))
                .toArray(String[]::new);
    }

    /** The commands, set up so that bad input gives one sentence and exit code 2, which is that of any failure too. */
    static CommandLine commands() {
        CommandLine commands = new CommandLine(new Main());
        words(commands, Kinds.class);
        words(commands, Idioms.class);
        words(commands, CellChoice.Variants.class);
        words(commands, PatternsCommand.Format.class);
        words(commands, DetectCommand.Format.class);
        words(commands, DetectCommand.Mode.class);
        words(commands, CompareCommand.Format.class);
        words(commands, CompareCommand.Sort.class);
        words(commands, Plant.class);
        commands.setParameterExceptionHandler((e, args) -> {
            String name = name(e.getCommandLine());
            return refuse(e.getCommandLine(), e.getMessage() + meant(e) + " (" + name + " --help shows what it takes)");
        });
        commands.setExecutionExceptionHandler((e, failed, result) -> {
            if (e instanceof IllegalArgumentException) { // what was named is not there, or is not what it should be
                return refuse(failed, String.valueOf(e.getMessage()));
            }
            throw e;
        });
        commands.setExitCodeExceptionMapper(e -> BAD_INPUT);
        return commands;
    }

    /** Lets an option take the words of an enum, which are what its constants print as. */
    private static <E extends Enum<E>> void words(CommandLine commands, Class<E> type) {
        commands.registerConverter(type, word -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.toString().equals(word)) {
                    return constant;
                }
            }
            String all =
                    Arrays.stream(type.getEnumConstants()).map(Enum::toString).collect(Collectors.joining(", "));
            throw new TypeConversionException("\"" + word + "\" is not one of " + all);
        });
    }

    /** The option that was meant where there is no such option. */
    private static String meant(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            if (word.startsWith("-")) {
                return Nearest.to(
                                word.replaceFirst("=.*", ""),
                                e.getCommandLine().getCommandSpec().optionsMap().keySet())
                        .map(option -> "; did you mean " + option + "?")
                        .orElse("");
            }
        }
        return "";
    }

    /** As a user wrote it: {@code compare}, or {@code bench ab}. */
    private static String name(CommandLine command) {
        CommandLine above = command.getParent();
        return above == null || above.getParent() == null
                ? command.getCommandName()
                : name(above) + " " + command.getCommandName();
    }

    private static int refuse(CommandLine failed, String why) {
        PrintWriter err = failed.getErr();
        err.println(name(failed) + ": " + Printable.lines(why));
        err.flush();
        return BAD_INPUT;
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "leaklab " + (version == null ? "(not packaged)" : version) + " on Java " + Runtime.version()
            };
        }
    }
}
