package org.leaklab.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.run.Plan;
import org.leaklab.bench.run.Preset;
import org.leaklab.bench.run.ResultFiles;
import org.leaklab.bench.run.ResumableRun;
import org.leaklab.bench.run.RowList;
import org.leaklab.bench.run.Screen;
import org.leaklab.bench.run.Shard;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs benchmarks row by row, so that a run can be killed and taken up again. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = AbCommand.class,
        description = {
            "Runs the benchmarks row by row, and goes on where an earlier run was stopped or killed.",
            "A row is a benchmark with a value for each parameter. Each pass measures one fork of every row, so that what "
                    + "slows the machine for some minutes slows all of them. A run that is killed loses the fork that it is "
                    + "at; the same command measures what is missing, and skips groups that are finished: by the same "
                    + "commit, on the same JDK and such a machine.",
            "Writes GROUP.json, as JMH does, with GROUP.environment.json beside it, and into bench.log what JMH and the JVMs "
                    + "said. The preset quick, when no option narrows it, ends with a first look: a dozen figures.",
            "Exit code 0 when all is measured, 1 when a row failed, 2 for bad input."
        })
final class BenchCommand implements Callable<Integer> {

    /** Beside the results: what JMH and the JVMs said. */
    private static final String LOG = "bench.log";

    @Parameters(
            paramLabel = "GROUP",
            arity = "0..*",
            description = "Groups of benchmarks (default all): the packages below org.leaklab.bench.")
    private List<String> groups = List.of();

    @Option(
            names = "--preset",
            paramLabel = "PRESET",
            defaultValue = "publish",
            description = {
                "How much is measured. quick: a part of everything, one fork each, for a first look: 2 to 3 minutes. "
                        + "publish (default): what is published besides the core, ten forks a row, about "
                        + "25 minutes on two cores. core: the core beside its peers, half an hour. full: every row as its "
                        + "class says, for hours."
            })
    private String preset = "publish";

    @Option(
            names = "-p",
            paramLabel = "NAME=VALUE[,VALUE]",
            description = "Values of a parameter, in place of those of the preset; may be given several times.")
    private Map<String, String> params = new LinkedHashMap<>();

    @Option(
            names = {"-f", "--forks"},
            paramLabel = "N",
            description = "JVMs a row, in place of those of the preset; each pass over the rows takes one.")
    private @Nullable Integer forks;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "Only benchmarks in whose names this is found, as with JMH; wants -o, for a part of a group "
                    + "must not take the place of the whole.")
    private @Nullable String only;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            defaultValue = "1/1",
            description = "Only the I-th of N equal parts of the rows, for users with N machines.")
    private String shard = "1/1";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Folder for the results (default results/local/RELEASE/PRESET, RELEASE being this JDK's).")
    private @Nullable Path output;

    @Option(
            names = "--passes",
            paramLabel = "N",
            description =
                    "Stop when each row has N forks; the same command with more goes on. So several JDKs are measured "
                            + "in turn, and a machine that drifts slows all of them.")
    private @Nullable Integer passes;

    @Option(names = "--again", description = "Measure finished groups anew.")
    private boolean again;

    @Option(names = "--list", description = "Print the rows and how many there are, and run nothing.")
    private boolean list;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Plan> plans = plans();
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            PlanTable.print(plans, preset, out);
            return 0;
        }
        if (only != null && output == null) {
            throw new IllegalArgumentException(
                    "--only measures a part of a group, which must not take the place of the whole: name a folder with -o");
        }
        Path folder = folder();
        JdkWarnings.allowUnsafe();
        try {
            return isFirstLook() ? firstLook(plans, folder) : rows(plans, folder);
        } catch (IOException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("bench: " + e.getMessage());
            err.flush();
            return 1;
        }
    }

    /** Whether all of the preset is measured that the first look is for. */
    private boolean isFirstLook() {
        return preset.equals(FirstLook.PRESET)
                && groups.isEmpty()
                && params.isEmpty()
                && forks == null
                && only == null
                && passes == null
                && Shard.parse(shard).equals(Shard.WHOLE);
    }

    private int rows(List<Plan> plans, Path folder) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        boolean allThere = true;
        for (Plan plan : plans) {
            Became became = measure(plan, folder, spec.commandLine().getErr(), Screen.Lines.ROWS);
            out.println(plan.group() + ": " + became.words());
            out.flush();
            allThere &= !became.failed();
        }
        return allThere ? 0 : 1;
    }

    private int firstLook(List<Plan> plans, Path folder) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        NextCommands commands = NextCommands.ofThisProcess();
        List<Plan> open = plans.stream()
                .filter(plan -> again || !ResultFiles.of(folder, plan).hold(plan))
                .toList();
        FirstLook.heading(PlanTable.time(open), commands).forEach(out::println);
        out.flush();
        Screen.Lines lines =
                spec.commandLine().getColorScheme().ansi().enabled() ? Screen.Lines.ONE_DRAWN_ANEW : Screen.Lines.NONE;
        Map<String, List<JmhResult>> results = new LinkedHashMap<>();
        Map<String, String> missing = new LinkedHashMap<>();
        for (Plan plan : plans) {
            Became became = measure(plan, folder, out, lines);
            out.println(plan.group() + ": " + became.words());
            out.flush();
            if (became.failed()) {
                missing.put(plan.group(), became.words());
            } else {
                results.put(
                        plan.group(),
                        ResultFile.read(ResultFiles.of(folder, plan).results()));
            }
        }
        out.println();
        QuickAnswer.lines(results, missing).forEach(out::println);
        out.println();
        FirstLook.ending(folder, folder.resolve(LOG), commands).forEach(out::println);
        out.flush();
        return missing.isEmpty() ? 0 : 1;
    }

    private List<Plan> plans() {
        RowList rows = RowList.of(Runtime.version().feature());
        Preset wanted = Preset.named(preset);
        Shard part = Shard.parse(shard);
        if (forks != null && forks < 1) {
            throw new IllegalArgumentException("a row has at least one fork, not " + forks);
        }
        if (passes != null && (passes < 1 || again)) {
            throw new IllegalArgumentException(
                    again
                            ? "--passes goes on where an earlier run stopped, and --again begins anew: remove one of them"
                            : "a run has at least one pass, not " + passes);
        }
        Set<String> asked = new LinkedHashSet<>(groups);
        for (String group : asked) {
            if (!rows.groups().contains(group)) {
                throw new IllegalArgumentException(
                        "there is no group \"" + group + "\": it is one of " + String.join(", ", rows.groups()));
            }
        }
        if (asked.isEmpty()) {
            asked.addAll(wanted.groups().keySet());
            asked.retainAll(rows.groups());
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        params.forEach((name, text) -> values.put(name, Arrays.asList(text.split(",", -1))));
        rows.check(asked, values);
        return only(asked.stream()
                .map(group -> Plan.of(rows, wanted, group, values, forks, part))
                .toList());
    }

    private List<Plan> only(List<Plan> plans) {
        if (only == null) {
            return plans;
        }
        Pattern names;
        try {
            names = Pattern.compile(only);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "--only wants a regular expression, not \"" + only + "\": " + e.getDescription(), e);
        }
        List<Plan> some = plans.stream()
                .map(plan -> plan.only(names))
                .filter(plan -> !plan.rows().isEmpty())
                .toList();
        if (some.isEmpty()) {
            throw new IllegalArgumentException(
                    "no benchmark that this preset measures has \"" + only + "\" in its name");
        }
        return some;
    }

    private Path folder() {
        Path folder = Objects.requireNonNullElseGet(
                output,
                () -> Path.of(
                        "results", "local", String.valueOf(Runtime.version().feature()), preset));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalArgumentException("\"" + folder + "\" is no folder and cannot be made one", e);
        }
        if (!Files.isWritable(folder)) {
            throw new IllegalArgumentException("nothing can be written into the folder \"" + folder + "\"");
        }
        Path here = Path.of("").toAbsolutePath();
        return folder.startsWith(here) && !folder.equals(here) ? here.relativize(folder) : folder; // shorter to read
    }

    /** What became of a group; scripts/bench-jdks reads the words. */
    private record Became(boolean failed, String words) {}

    /**
     * Measures a group, unless it is finished.
     *
     * @throws IOException if nothing can be measured or written; the message says so
     */
    private Became measure(Plan plan, Path folder, PrintWriter progress, Screen.Lines lines) throws IOException {
        ResultFiles files = ResultFiles.of(folder, plan);
        if (plan.rows().isEmpty()) {
            return new Became(
                    false,
                    "skipped: " + (plan.shard().equals(Shard.WHOLE) ? "it" : "shard " + plan.shard()) + " has no rows");
        }
        if (!again && files.hold(plan)) {
            return new Became(false, "skipped: " + files.results() + " is finished (--again measures it anew)");
        }
        ResumableRun.Ended ended;
        try (PrintStream log = log(folder)) {
            ended = new ResumableRun(plan, files, new Screen(progress, lines, log))
                    .run(Objects.requireNonNullElse(passes, Integer.MAX_VALUE));
        } catch (IOException e) {
            throw new IOException(plan.group() + " was not measured: " + e.getMessage(), e);
        }
        if (ended.failed() > 0) {
            return new Became(
                    true,
                    "failed: " + ended.failed() + " of "
                            + PlanTable.count(plan.rows().size()) + "; the same command tries them again");
        }
        return new Became(
                false,
                ended.finished()
                        ? "done: " + PlanTable.count(plan.rows().size()) + " in " + files.results()
                        : "paused: " + ended.forks() + " of " + plan.forks() + " forks are measured");
    }

    private static PrintStream log(Path folder) throws IOException {
        return new PrintStream(
                Files.newOutputStream(folder.resolve(LOG), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                false,
                StandardCharsets.UTF_8);
    }
}
