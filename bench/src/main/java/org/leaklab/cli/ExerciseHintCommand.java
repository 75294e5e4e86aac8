package org.leaklab.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.leaklab.exercise.Exercise;
import org.leaklab.exercise.Exercises;
import org.leaklab.exercise.Workbook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives hints, one at a time. */
@Command(
        name = "hint",
        mixinStandardHelpOptions = true,
        description = {
            "Gives the next hint of an exercise: where to look, what is wrong, the rule, the cure.",
            "How many were given is kept in the folder of your files."
        })
final class ExerciseHintCommand implements Callable<Integer> {

    private static final String[] NAMES = {"Where to look", "What is wrong", "The rule", "The cure"};

    @Parameters(paramLabel = "ID", description = "The exercise.")
    private String id = "";

    @Mixin
    private ExerciseCommand.Folder folder = new ExerciseCommand.Folder();

    @Option(names = "--level", paramLabel = "N", description = "Give this one, from 1 to 4, instead of the next.")
    private int level;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (spec.commandLine().getParseResult().hasMatchedOption("--level") && (level < 1 || level > Exercise.HINTS)) {
            throw new IllegalArgumentException("--level is from 1 to " + Exercise.HINTS + ", not " + level);
        }
        Exercise exercise = ExerciseCommand.named(Exercises.load(), id);
        Workbook workbook = folder.workbook();
        int given = ExerciseCommand.files(() -> workbook.hintsGiven(exercise));
        int next = level > 0 ? level : Math.min(Exercise.HINTS, given + 1);
        PrintWriter out = spec.commandLine().getOut();
        out.println(NAMES[next - 1] + " (" + next + " of " + Exercise.HINTS + "): "
                + exercise.hints().get(next - 1));
        out.flush();
        if (next > given) {
            ExerciseCommand.files(() -> {
                workbook.hintsGiven(exercise, next);
                return next;
            });
        }
        return 0;
    }
}
