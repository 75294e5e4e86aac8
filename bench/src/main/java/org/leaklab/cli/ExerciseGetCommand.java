package org.leaklab.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.leaklab.core.text.Printable;
import org.leaklab.exercise.Exercise;
import org.leaklab.exercise.Exercises;
import org.leaklab.exercise.Workbook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the file of an exercise. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Writes the Java file of an exercise, with its task, into the folder of your files.")
final class ExerciseGetCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "The exercise.")
    private String id = "";

    @Mixin
    private ExerciseCommand.Folder folder = new ExerciseCommand.Folder();

    @Option(names = "--again", description = "Replace the file if there is one, with what you have written in it.")
    private boolean again;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Exercise exercise = ExerciseCommand.named(Exercises.load(), id);
        Workbook workbook = folder.workbook();
        if (!ExerciseCommand.files(() -> workbook.write(exercise, again))) {
            throw new IllegalArgumentException("there is a file " + workbook.file(exercise)
                    + " already, which may have your work in it; --again replaces it");
        }
        PrintWriter out = spec.commandLine().getOut();
        String file = Printable.of(workbook.file(exercise).toString());
        out.println(file + ": " + exercise.title());
        out.println("  Needs:  " + exercise.needs() + ".");
        out.println("  Then:   exercise check " + file);
        out.flush();
        return 0;
    }
}
