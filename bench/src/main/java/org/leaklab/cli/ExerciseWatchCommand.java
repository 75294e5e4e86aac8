package org.leaklab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.leaklab.core.text.Printable;
import org.leaklab.exercise.Exercise;
import org.leaklab.exercise.Exercises;
import org.leaklab.exercise.Judge;
import org.leaklab.exercise.SavedFile;
import org.leaklab.exercise.Verdict;
import org.leaklab.exercise.Workbook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks on every save, and goes on to the next exercise when one is right. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes the first exercise that you have not solved, checks it each time you save it, and goes on to the next one "
                    + "when it is right. Ctrl-C ends it; the next watch goes on there.",
            "Exit code 0 when all are solved."
        })
final class ExerciseWatchCommand implements Callable<Integer> {

    private static final long MOST_SEEDS = 1_000_000;
    private static final Duration LONG = Duration.ofDays(1);
    private static final String CLEAR = "\033[H\033[2J";

    @Mixin
    private ExerciseCommand.Folder folder = new ExerciseCommand.Folder();

    @Option(names = "--from", paramLabel = "ID", description = "Begin with this exercise.")
    private String from = "";

    @Spec
    private CommandSpec spec;

    /** Whether this watch has said of an exercise that it is right. */
    private boolean hasPraised;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Exercises exercises = Exercises.load();
        Workbook workbook = folder.workbook();
        Judge judge = ExerciseCheckCommand.judge();
        int begin = from.isEmpty() ? 0 : exercises.all().indexOf(ExerciseCommand.named(exercises, from));
        while (true) {
            Optional<Exercise> next = next(exercises, workbook, begin);
            if (next.isEmpty()) {
                out().println(begin == 0 ? "All exercises are solved." : "All exercises from " + from + " are solved.");
                out().flush();
                return 0;
            }
            solve(next.get(), workbook, judge);
        }
    }

    private static Optional<Exercise> next(Exercises exercises, Workbook workbook, int begin) {
        return exercises.all().stream()
                .skip(begin)
                .filter(exercise -> !ExerciseCommand.files(() -> workbook.isSolved(exercise)))
                .findFirst();
    }

    /** Checks a file each time it is saved, until it is right. */
    private void solve(Exercise exercise, Workbook workbook, Judge judge) throws IOException, InterruptedException {
        Path file = workbook.file(exercise);
        ExerciseCommand.files(() -> workbook.write(exercise, false));
        try (SavedFile saved = SavedFile.watch(file)) {
            boolean isFirst = true;
            while (true) {
                if (!isFirst || !hasPraised) { // what was said of the exercise before stays in sight
                    clear();
                }
                isFirst = false;
                out().println(exercise.track().word() + " / " + exercise.id() + ": " + exercise.title());
                out().println("  Needs:  " + exercise.needs() + ".");
                out().println("  " + Printable.of(file.toString()) + "   hints: exercise hint " + exercise.id());
                out().println();
                out().flush();
                saved.seen();
                Verdict verdict =
                        judge.judge(exercise, file, ThreadLocalRandom.current().nextLong(MOST_SEEDS));
                ExerciseCheckCommand.print(out(), exercise, verdict);
                if (verdict instanceof Verdict.Right) {
                    ExerciseCommand.files(() -> {
                        workbook.solved(exercise);
                        return exercise;
                    });
                    hasPraised = true;
                    return;
                }
                if (isTerminal()) {
                    out().println("Waiting for you to save the file. Ctrl-C ends this.");
                    out().flush();
                }
                boolean again = false;
                while (!again) {
                    again = saved.await(LONG);
                }
            }
        }
    }

    private void clear() {
        if (isTerminal()) {
            out().print(CLEAR);
        }
    }

    private boolean isTerminal() {
        return spec.commandLine().getColorScheme().ansi() != Ansi.OFF
                && spec.commandLine().getColorScheme().ansi().enabled();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
