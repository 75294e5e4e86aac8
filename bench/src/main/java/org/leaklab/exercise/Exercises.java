package org.leaklab.exercise;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All exercises, by track, in the order in which they are meant to be solved. */
public final class Exercises {

    private final List<Exercise> all;

    private Exercises(List<Exercise> all) {
        this.all = all;
    }

    /** Reads them from the resources of this package. */
    public static Exercises load() {
        return new Exercises(text("index.txt")
                .lines()
                .filter(line -> !line.isBlank())
                .map(Exercises::read)
                .toList());
    }

    /** {@code waiting/lost-letter Letter}: the folder and the class. */
    private static Exercise read(String line) {
        String[] words = line.split(" ", -1);
        String[] folder = words[0].split("/", -1);
        String check = words[0] + "/Check.java";
        return ExerciseText.read(
                Track.valueOf(folder[0].toUpperCase(Locale.ROOT)),
                folder[1],
                words[1],
                text(words[0] + "/exercise.txt"),
                text(words[0] + "/" + words[1] + ".java"),
                Exercises.class.getResource(check) == null ? "" : text(check));
    }

    /** The class that the checks of all exercises share. */
    static String expect() {
        return text("Expect.java");
    }

    private static String text(String name) {
        try (InputStream in = Exercises.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("this jar has no file " + name + " of the exercises");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + name + " of the exercises cannot be read", e);
        }
    }

    /** All of them. */
    public List<Exercise> all() {
        return all;
    }

    /** The one with an id. */
    public Optional<Exercise> byId(String id) {
        return all.stream().filter(exercise -> exercise.id().equals(id)).findFirst();
    }

    /** Those with the mistake of a scenario. */
    public List<Exercise> ofScenario(String scenario) {
        return all.stream()
                .filter(exercise -> exercise.scenario().equals(scenario))
                .toList();
    }

    /** The one that a file is for, by the file's name. */
    public Optional<Exercise> byFile(Path file) {
        String name = String.valueOf(file.getFileName());
        return all.stream().filter(exercise -> exercise.fileName().equals(name)).findFirst();
    }
}
