package org.leaklab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.exercise.Compiler;
import org.leaklab.exercise.Exercise;
import org.leaklab.exercise.Exercises;
import org.leaklab.exercise.Judge;
import org.leaklab.exercise.Verdict;
import org.leaklab.exercise.Workbook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges answers. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compiles your file, runs it in a JVM of its own on platform and on virtual threads, on one carrier and on two, many "
                    + "times and with random delays, and judges it: does it do its work, is anybody stuck, does it end, does it "
                    + "leave anything behind.",
            "Your code runs with your own rights. Limits of time, threads, memory and output keep mistakes from doing harm.",
            "Exit code 0 when it is right, 1 when it is not yet, 2 when it cannot be judged."
        })
final class ExerciseCheckCommand implements Callable<Integer> {

    private static final long MOST_SEEDS = 1_000_000;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Your file, or the id of an exercise.")
    private List<String> files = List.of();

    @Mixin
    private ExerciseCommand.Folder folder = new ExerciseCommand.Folder();

    @Option(names = "--seed", paramLabel = "N", description = "Make the same random delays as in an earlier check.")
    private @Nullable Long seed;

    @Option(
            names = "--answer",
            paramLabel = "WORDS",
            description =
                    "The answer of an exercise that asks for one, instead of the line \"// answer:\" of the file.")
    private String answer = "";

    @Spec
    private CommandSpec spec;

    /** An exercise and where its answer is. */
    private record Answered(Exercise exercise, Path file) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Exercises exercises = Exercises.load();
        List<Answered> all = new ArrayList<>();
        for (String file : files) {
            all.add(answered(exercises, file));
        }
        if (!answer.isEmpty() && all.size() != 1) {
            throw new IllegalArgumentException("--answer answers one exercise, and " + all.size() + " are named");
        }
        int exitCode = 0;
        for (Answered each : all) {
            exitCode = Math.max(exitCode, check(each.exercise(), each.file()));
        }
        return exitCode;
    }

    private Answered answered(Exercises exercises, String name) {
        Path file = Path.of(name);
        return exercises
                .byFile(file)
                .map(exercise -> new Answered(exercise, file))
                .or(() -> exercises
                        .byId(name)
                        .map(exercise ->
                                new Answered(exercise, folder.workbook().file(exercise))))
                .orElseThrow(() -> new IllegalArgumentException("no exercise has a file " + name
                        + Nearest.to(
                                        String.valueOf(file.getFileName()),
                                        exercises.all().stream()
                                                .map(Exercise::fileName)
                                                .toList())
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; keep the name that it had when exercise get wrote it")));
    }

    private int check(Exercise exercise, Path file) throws IOException, InterruptedException {
        Judge judge = judge();
        long delays = seed == null ? ThreadLocalRandom.current().nextLong(MOST_SEEDS) : seed;
        Verdict verdict = judge.judge(exercise, file, delays, answer);
        if (verdict instanceof Verdict.CannotJudge cannot) {
            throw new IllegalArgumentException(cannot.why());
        }
        if (verdict instanceof Verdict.Right) {
            ExerciseCommand.files(() -> {
                Workbook.of(file).solved(exercise);
                return exercise;
            });
        }
        PrintWriter out = spec.commandLine().getOut();
        print(out, exercise, verdict, hintWords(exercise, file));
        return verdict.exitCode();
    }

    /**
     * The judge.
     *
     * @throws IllegalArgumentException if this Java has no compiler; the message is one sentence
     */
    static Judge judge() {
        Compiler compiler = Compiler.find()
                .orElseThrow(() -> new IllegalArgumentException("this Java, " + System.getProperty("java.home")
                        + ", has no compiler: run leaklab with the java of a JDK"));
        return new Judge(compiler, Judge.scale());
    }

    /** The words that name the folder of a file for {@code hint}, if it would not look there by itself. */
    private String hintWords(Exercise exercise, Path file) {
        Path usual = folder.workbook().file(exercise);
        if (usual.toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize())) {
            return folder.words();
        }
        Path parent = file.getParent();
        return " -d " + (parent == null ? "." : Printable.of(parent.toString()));
    }

    /**
     * Says what the judge says.
     *
     * @param folder the words that name the folder of the file for other commands
     */
    static void print(PrintWriter out, Exercise exercise, Verdict verdict, String folder) {
        verdict.lines().forEach(line -> out.println(Printable.of(line)));
        if (verdict instanceof Verdict.NotYet) {
            out.println("  A hint: exercise hint " + exercise.id() + folder);
        }
        if (verdict instanceof Verdict.Right) { // no sooner: its name can tell what is wrong
            out.println("  The lesson with the same mistake: " + exercise.scenario());
        }
        out.println();
        out.flush();
    }
}
