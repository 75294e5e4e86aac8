package org.leaklab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.leaklab.exercise.Exercise;
import org.leaklab.exercise.Exercises;

/** What a terminal shows of somebody who solves an exercise with one hint, in a folder of its own. */
final class ExerciseSession {

    private static final String JAR = "java -jar bench/target/benchmarks.jar ";

    private final Exercise exercise;
    private final Path folder;
    private final StringBuilder session = new StringBuilder();

    private ExerciseSession(Exercise exercise, Path folder) {
        this.exercise = exercise;
        this.folder = folder;
    }

    static String of(String id) throws IOException {
        Path folder = Files.createTempDirectory("exercises");
        try {
            ExerciseSession session =
                    new ExerciseSession(Exercises.load().byId(id).orElseThrow(), folder);
            session.solve();
            return "```console\n" + session.session + "```\n";
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void solve() throws IOException {
        String list = says(0, "list");
        add("list", list.substring(0, list.indexOf("\n\n")) + "\n…\n" + list.substring(list.lastIndexOf("\n\n") + 2));
        add("get " + exercise.id(), says(0, "get", exercise.id()));
        String file = folder.resolve(exercise.fileName()).toString();
        add("check " + shown(file), says(1, "check", file));
        add("hint " + exercise.id(), says(0, "hint", exercise.id()));
        session.append("$ # now you mend ").append(shown(file)).append('\n');
        Files.writeString(Path.of(file), exercise.solution().in(exercise.source()));
        add("check " + shown(file), says(0, "check", file));
    }

    private String says(int status, String word, String... arguments) {
        List<String> words = Stream.of(
                        Stream.of("exercise", word),
                        Stream.of(arguments),
                        word.equals("check") ? Stream.<String>of() : Stream.of("-d", folder.toString()))
                .flatMap(some -> some)
                .collect(Collectors.toList());
        return shown(PageTruth.output(status, words.toArray(String[]::new)));
    }

    private void add(String command, String said) {
        session.append("$ ").append(JAR).append("exercise ").append(command).append('\n');
        session.append(PageTruth.shortened(said.stripTrailing()));
    }

    /** The usual folder instead of this one. */
    private String shown(String text) {
        return text.replace(" -d " + folder, "").replace(folder.toString(), "exercises");
    }
}
