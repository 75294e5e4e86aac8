package org.leaklab.exercise;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folder of the learner: the files of exercises, and beside them {@value #NOTES}, which says what was solved and
 * how many hints were given. Nothing else is written, but for a folder that exists while a check runs.
 */
public final class Workbook {

    /** The name of the file with the notes. */
    public static final String NOTES = ".leaklab-exercises";

    /** As the files have it. */
    private static final String JAR = "bench/target/benchmarks.jar";

    private static final String SOLVED = "solved ";
    private static final String HINTS = "hints ";

    private final Path folder;

    private Workbook(Path folder) {
        this.folder = folder;
    }

    /** The workbook in a folder, which need not exist. */
    public static Workbook in(Path folder) {
        return new Workbook(folder);
    }

    /** The workbook that a file is in. */
    public static Workbook of(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return new Workbook(parent == null ? file.toAbsolutePath() : parent);
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    /** Where an exercise stands, or would. */
    public Path file(Exercise exercise) {
        return folder.resolve(exercise.fileName());
    }

    /**
     * Writes the file of an exercise.
     *
     * @param again whether a file that is there is replaced
     * @return whether it was written; false if one is there already
     */
    public boolean write(Exercise exercise, boolean again) throws IOException {
        Path file = file(exercise);
        if (Files.exists(file) && !again) {
            return false;
        }
        Files.createDirectories(folder);
        Files.writeString(file, text(exercise, System.getProperty("java.class.path", "")));
        return true;
    }

    /** The file with its commands as they work here: the jar may stand elsewhere, and be called otherwise. */
    static String text(Exercise exercise, String classPath) {
        boolean isJar = classPath.endsWith(".jar") && classPath.indexOf(File.pathSeparatorChar) < 0;
        String jar = classPath.indexOf(' ') < 0 ? classPath : '"' + classPath + '"';
        return isJar ? exercise.source().replace(JAR, jar) : exercise.source();
    }

    /** Whether an exercise was solved in this folder. */
    public boolean isSolved(Exercise exercise) throws IOException {
        return notes().containsKey(SOLVED + exercise.id());
    }

    /** Notes that it was solved. */
    public void solved(Exercise exercise) throws IOException {
        note(SOLVED + exercise.id(), "yes");
    }

    /** How many of its hints were given. */
    public int hintsGiven(Exercise exercise) throws IOException {
        String given = notes().getOrDefault(HINTS + exercise.id(), "0");
        return given.matches("\\d") ? Integer.parseInt(given) : 0;
    }

    /** Notes how many of its hints were given. */
    public void hintsGiven(Exercise exercise, int hints) throws IOException {
        note(HINTS + exercise.id(), Integer.toString(hints));
    }

    /** The notes; a line that is not one is left alone. */
    private Map<String, String> notes() throws IOException {
        Map<String, String> notes = new TreeMap<>();
        Path file = folder.resolve(NOTES);
        if (Files.exists(file)) {
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1)) {
                int equals = line.indexOf(" = ");
                if (equals > 0) {
                    notes.put(
                            line.substring(0, equals),
                            line.substring(equals + 3).strip());
                }
            }
        }
        return notes;
    }

    private void note(String name, String value) throws IOException {
        Map<String, String> notes = notes();
        if (value.equals(notes.put(name, value))) {
            return;
        }
        List<String> lines = new ArrayList<>();
        notes.forEach((key, noted) -> lines.add(key + " = " + noted));
        Files.createDirectories(folder);
        Path part = folder.resolve(NOTES + ".part");
        Files.write(part, lines);
        Files.move(part, folder.resolve(NOTES), StandardCopyOption.REPLACE_EXISTING);
    }
}
