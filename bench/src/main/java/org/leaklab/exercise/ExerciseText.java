package org.leaklab.exercise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.leaklab.exercise.Exercise.Choice;

/**
 * Reads {@code exercise.txt}: lines {@code name: value}, then parts that begin with {@code == solution} or {@code ==
 * wrong: what it does} and hold lines to replace. A wrong part names, in a line {@code says:}, words that the verdict
 * must have.
 */
final class ExerciseText {

    private static final String PART = "\n== ";
    private static final String SAYS = "says: ";

    private final String id;
    private final Map<String, List<String>> values = new HashMap<>();
    private final List<String> parts;

    private ExerciseText(String id, String text) {
        this.id = id;
        this.parts = List.of(text.split(PART, -1));
        for (String line : parts.getFirst().split("\n", -1)) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                values.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                        .add(line.substring(colon + 2).strip());
            } else if (!line.isBlank()) {
                throw new IllegalStateException("exercise.txt of " + id + " has a line without a name: " + line);
            }
        }
    }

    static Exercise read(Track track, String id, String className, String text, String source, String check) {
        return new ExerciseText(id, text).exercise(track, className, source, check);
    }

    private Exercise exercise(Track track, String className, String source, String check) {
        List<Attempt> attempts = new ArrayList<>();
        for (String part : parts.subList(1, parts.size())) {
            attempts.add(attempt(part));
        }
        Attempt solution = attempts.isEmpty() ? new Attempt("solution", "", List.of()) : attempts.getFirst();
        return new Exercise(
                id,
                value("title", ""),
                track,
                Integer.parseInt(value("level", "1")),
                Kind.valueOf(value("kind", "mend").toUpperCase(Locale.ROOT)),
                value("scenario", ""),
                value("needs", ""),
                value("cancel", "no").equals("yes"),
                Integer.parseInt(value("threads", "0")),
                className,
                source,
                check,
                values.getOrDefault("choice", List.of()).stream()
                        .map(ExerciseText::choice)
                        .toList(),
                values.getOrDefault("hint", List.of()),
                solution,
                attempts.stream().skip(1).toList());
    }

    private static Attempt attempt(String part) {
        String name = part.lines().findFirst().orElse("").replaceFirst("^wrong: ", "");
        String says = part.lines()
                .skip(1)
                .filter(line -> line.startsWith(SAYS))
                .findFirst()
                .orElse(SAYS)
                .substring(SAYS.length());
        return Attempt.parse(name, says, part);
    }

    /** {@code b | reader writer | both wait}: the letter, the threads that are stuck, the text. */
    private static Choice choice(String line) {
        String[] words = line.split("\\|", -1);
        List<String> stuck = words[1].isBlank()
                ? List.of()
                : List.of(words[1].strip().split("\\s*,\\s*", -1)).stream()
                        .sorted()
                        .toList();
        return new Choice(words[0].strip(), stuck, words[2].strip());
    }

    private String value(String name, String otherwise) {
        return values.getOrDefault(name, List.of(otherwise)).getFirst();
    }
}
