package org.leaklab.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.leaklab.exercise.Exercise;
import org.leaklab.exercise.Exercises;
import org.leaklab.exercise.Track;
import org.leaklab.exercise.Workbook;
import org.leaklab.table.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the exercises. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the exercises by track and level, with those that you have solved.")
final class ExerciseListCommand implements Runnable {

    @Mixin
    private ExerciseCommand.Folder folder = new ExerciseCommand.Folder();

    @Option(names = "--json", description = "Print an array of objects.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** What JSON says of an exercise. */
    record Entry(String id, String track, int level, String kind, String scenario, boolean solved) {}

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Workbook workbook = folder.workbook();
        List<Exercise> all = Exercises.load().all();
        List<Exercise> solved = new ArrayList<>();
        for (Exercise exercise : all) {
            if (ExerciseCommand.files(() -> workbook.isSolved(exercise))) {
                solved.add(exercise);
            }
        }
        if (json) {
            Json.print(
                    out,
                    all.stream()
                            .map(each -> new Entry(
                                    each.id(),
                                    each.track().word(),
                                    each.level(),
                                    each.kind().word(),
                                    each.scenario(),
                                    solved.contains(each)))
                            .toList());
            return;
        }
        for (Track track : Track.values()) {
            print(out, track, all.stream().filter(each -> each.track() == track).toList(), solved);
        }
        out.println(solved.size() + " of " + all.size() + " solved. Next: "
                + all.stream()
                        .filter(each -> !solved.contains(each))
                        .findFirst()
                        .map(each -> "exercise get " + each.id() + ", or exercise watch")
                        .orElse("nothing, you have them all"));
        out.flush();
    }

    private static void print(PrintWriter out, Track track, List<Exercise> exercises, List<Exercise> solved) {
        if (exercises.isEmpty()) {
            return;
        }
        Table table = new Table("", "ID", "LEVEL", "KIND", "WHAT HAPPENS");
        for (Exercise each : exercises) {
            table.row(
                    solved.contains(each) ? "x" : "-",
                    each.id(),
                    Integer.toString(each.level()),
                    each.kind().word(),
                    each.title());
        }
        out.println(track.word() + ": " + track.title());
        table.lines().forEach(out::println);
        out.println();
    }
}
