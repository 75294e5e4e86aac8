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
                    + "when it is right. Ctrl-C ends it; the next watch goes on with the first one that is not solved.",
            "Exit code 0 when all are solved."
        })
final class ExerciseWatchCommand implements Callable<Integer> {

    private static final long MOST_SEEDS = 1_000_000;
    private static final Duration BETWEEN = Duration.ofSeconds(1);
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
                out().println("  To do one again: exercise get ID --again" + folder.words() + ", then exercise check ID"
                        + folder.words());
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
            boolean clears = !hasPraised; // what was said of the exercise before stays in sight
            do {
                if (clears) {
                    clear();
                }
                clears = true;
                if (isRight(exercise, file, saved, judge)) {
                    ExerciseCommand.files(() -> {
                        workbook.solved(exercise);
                        return exercise;
                    });
                    hasPraised = true;
                    return;
                }
                tell("Waiting for you to save the file. Ctrl-C ends this.");
            } while (isSaved(exercise, file, saved, workbook));
        }
    }

    private boolean isRight(Exercise exercise, Path file, SavedFile saved, Judge judge)
            throws IOException, InterruptedException {
        String words = folder.words();
        out().println(exercise.track().word() + " / " + exercise.id() + ": " + exercise.title());
        out().println("  Needs:  " + exercise.needs() + ".");
        out().println("  " + Printable.of(file.toString()) + "   hints: exercise hint " + exercise.id() + words);
        out().println();
        tell("Checking: this takes some seconds ...");
        out().flush();
        saved.seen();
        Verdict verdict =
                judge.judge(exercise, file, ThreadLocalRandom.current().nextLong(MOST_SEEDS));
        ExerciseCheckCommand.print(out(), exercise, verdict, words);
        return verdict instanceof Verdict.Right;
    }

    /** Waits until the file is saved with a change; false if the exercise was solved elsewhere meanwhile. */
    private boolean isSaved(Exercise exercise, Path file, SavedFile saved, Workbook workbook)
            throws IOException, InterruptedException {
        while (true) {
            switch (saved.await(BETWEEN)) {
                case CHANGED -> {
                    return true;
                }
                case UNCHANGED -> tell("Saved, and nothing has changed since the last check.");
                case GONE ->
                    tell("There is nothing in " + Printable.of(file.toString())
                            + ": save it again, or write it anew with exercise get " + exercise.id() + " --again"
                            + folder.words());
                case NONE -> {
                    if (ExerciseCommand.files(() -> workbook.isSolved(exercise))) {
                        out().println(exercise.id() + " was solved by a check in another window.");
                        out().println();
                        hasPraised = true;
                        return false;
                    }
                }
            }
        }
    }

    /** For people who look on. */
    private void tell(String line) {
        if (isTerminal()) {
            out().println(line);
            out().flush();
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
