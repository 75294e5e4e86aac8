package org.leaklab.exercise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.leaklab.core.text.Printable;
import org.leaklab.exercise.Compiler.Complaint;

/** What is said of a file that does not compile: its own lines first, and of the check's what it needs. */
final class CompilerWords {

    private static final int SHOWN = 3;
    private static final Pattern METHOD =
            Pattern.compile("^ *((?:public )?static [^{;=]*\\([^{;=]*)\\{", Pattern.MULTILINE);

    private CompilerWords() {}

    static List<String> of(Exercise exercise, String source, List<Complaint> complaints) {
        String file = exercise.fileName();
        List<Complaint> own =
                complaints.stream().filter(each -> each.file().equals(file)).toList();
        if (own.isEmpty()) {
            return List.of(
                    file + " no longer has what the exercise calls: " + signatures(exercise),
                    "  Keep its name, its parameters and what it returns; write between its braces.");
        }
        if (own.stream().anyMatch(each -> each.message().contains("should be declared in a file named"))) {
            return List.of(file + " must declare the class " + exercise.className() + ", after which it is named.");
        }
        List<String> lines = new ArrayList<>();
        lines.add(file + " does not compile.");
        List<String> text = source.lines().toList();
        for (Complaint each : own.subList(0, Math.min(SHOWN, own.size()))) {
            lines.add("  " + file + ":" + each.line() + ": "
                    + Printable.of(each.message().lines().findFirst().orElse("")));
            if (each.line() >= 1 && each.line() <= text.size()) {
                lines.add("    "
                        + Printable.of(
                                text.get(Math.toIntExact(each.line()) - 1).strip()));
            }
        }
        if (own.size() > SHOWN) {
            lines.add(String.format(Locale.ROOT, "  and %,d more", own.size() - SHOWN));
        }
        return lines;
    }

    /** The static methods of the task's file that are not private. */
    private static String signatures(Exercise exercise) {
        return METHOD.matcher(exercise.source())
                .results()
                .map(found -> found.group(1).strip().replaceAll("\\s+", " ").replace("( ", "("))
                .limit(SHOWN)
                .collect(Collectors.joining(", "));
    }
}
