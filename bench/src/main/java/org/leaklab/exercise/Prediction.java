package org.leaklab.exercise;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.leaklab.exercise.Exercise.Choice;
import org.leaklab.exercise.trial.Ending;
import org.leaklab.exercise.trial.SeenThread;
import org.leaklab.exercise.trial.Setting;
import org.leaklab.exercise.trial.TrialResult;

/**
 * Judges which threads a learner says will be stuck, by running the program: no answer is stored. A choice names
 * threads, and it is right when these are stuck and no others are, on each kind of thread.
 */
final class Prediction {

    private final Exercise exercise;
    private final String answer;

    Prediction(Exercise exercise, String answer) {
        this.exercise = exercise;
        this.answer = answer.toLowerCase(Locale.ROOT);
    }

    /** What is wrong with the answer before anything is run; empty if it is one of the choices. */
    Optional<Verdict> refused() {
        String letters = exercise.choices().stream().map(Choice::letter).collect(Collectors.joining(", "));
        if (answer.isEmpty()) {
            return Optional.of(new Verdict.NotYet(List.of(exercise.fileName() + " has no answer yet: write one of "
                    + letters + " into its line \"// answer: ?\".")));
        }
        if (chosen().isEmpty()) {
            return Optional.of(
                    new Verdict.NotYet(List.of("The answer \"" + answer + "\" is not one of " + letters + ".")));
        }
        return Optional.empty();
    }

    private Optional<Choice> chosen() {
        return exercise.choices().stream()
                .filter(choice -> choice.letter().equals(answer))
                .findFirst();
    }

    /** Runs the program of the exercise, as it was, and compares. */
    Verdict run(RunFolder run, List<Setting> settings) throws IOException, InterruptedException {
        List<String> picture = List.of();
        for (Setting setting : settings) {
            run.forgetResult();
            Child.End end = Child.run(setting, exercise.fileName(), run.path());
            Optional<List<SeenThread>> seen = stuck(end);
            if (seen.isEmpty()) {
                return new Verdict.CannotJudge("the program of the exercise did not run to an end that can be judged: "
                        + new TrialWords(setting, end).lines().getFirst());
            }
            List<String> names = names(seen.get());
            if (!names.equals(chosen().orElseThrow().stuck())) {
                return new Verdict.NotYet(
                        List.of("It is not " + answer + ". The program ran, and " + counted(names.size())
                                + ". Ask of each thread what it waits for, and who could end that wait."));
            }
            picture = WaitPicture.of(seen.get());
        }
        List<String> lines = new ArrayList<>();
        lines.add(answer + " is right: " + chosen().orElseThrow().text()
                + ". The program ran on platform and on virtual threads, and each time it was so.");
        if (!picture.isEmpty()) {
            lines.add("");
            picture.forEach(line -> lines.add("  " + line));
        }
        return new Verdict.Right(lines);
    }

    private static String counted(int stuck) {
        return switch (stuck) {
            case 0 -> "nobody was stuck";
            case 1 -> "1 thread was stuck";
            default -> stuck + " threads were stuck";
        };
    }

    /** The threads that a run left stuck; empty if the run cannot be judged. */
    static Optional<List<SeenThread>> stuck(Child.End end) {
        if (!(end instanceof Child.Finished finished)) {
            return Optional.empty();
        }
        TrialResult result = finished.result();
        return switch (result.ending()) {
            case Ending.Right right -> Optional.of(List.of());
            case Ending.Stuck stuck ->
                Optional.of(stuck.threads().stream()
                        .filter(thread -> !thread.idle())
                        .toList());
            default -> Optional.empty();
        };
    }

    static List<String> names(List<SeenThread> threads) {
        return threads.stream().map(SeenThread::name).sorted().toList();
    }
}
