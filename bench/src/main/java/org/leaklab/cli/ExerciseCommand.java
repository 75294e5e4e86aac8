package org.leaklab.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.exercise.Exercise;
import org.leaklab.exercise.Exercises;
import org.leaklab.exercise.Workbook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Exercises: what the words behind it have in common. */
@Command(
        name = "exercise",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Exercises: you mend a program that gets stuck, and real threads judge it.",
            "Begin with: exercise watch. Or take one: exercise get letter, edit the file, exercise check FILE.",
            "What you write is run with your own rights."
        },
        subcommands = {
            ExerciseListCommand.class,
            ExerciseGetCommand.class,
            ExerciseCheckCommand.class,
            ExerciseHintCommand.class,
            ExerciseWatchCommand.class
        })
final class ExerciseCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: list, get, check, hint or watch");
    }

    /** The folder of the learner, for those commands that take one. */
    static final class Folder {

        private static final Path USUAL = Path.of("exercises");

        @Option(
                names = "-d",
                paramLabel = "DIR",
                description = "The folder of your files: by default this one if there are exercises in it, or else"
                        + " exercises.")
        private @Nullable Path folder;

        Workbook workbook() {
            if (folder == null) {
                return Workbook.in(Files.exists(Path.of(Workbook.NOTES)) ? Path.of("") : USUAL);
            }
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new IllegalArgumentException("-d names a folder, and " + folder + " is a file");
            }
            return Workbook.in(folder);
        }

        /** The words with which another command finds the same folder; empty for the usual one. */
        String words() {
            return folder == null ? "" : " -d " + Printable.of(folder.toString());
        }
    }

    /**
     * The exercise with an id.
     *
     * @throws IllegalArgumentException if there is none; the message is one sentence
     */
    static Exercise named(Exercises exercises, String id) {
        return exercises
                .byId(id)
                .orElseThrow(() -> new IllegalArgumentException("there is no exercise \"" + id + "\""
                        + Nearest.to(
                                        id,
                                        exercises.all().stream()
                                                .map(Exercise::id)
                                                .toList())
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; exercise list shows all")));
    }

    /** What reads or writes the learner's files, which may not be possible. */
    interface Access<T> {
        T get() throws IOException;
    }

    /**
     * Reads or writes the learner's files.
     *
     * @throws IllegalArgumentException if that is not possible; the message is one sentence
     */
    static <T> T files(Access<T> access) {
        try {
            return access.get();
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("the folder of the exercises cannot be read or written: " + e, e);
        }
    }
}
