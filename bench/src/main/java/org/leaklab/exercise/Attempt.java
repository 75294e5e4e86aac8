package org.leaklab.exercise;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer to an exercise, as the lines of the task's file that it replaces.
 *
 * @param name {@code solution}, or what a wrong answer does
 * @param says words that the verdict on a wrong answer must have; empty for the solution
 */
public record Attempt(String name, String says, List<Edit> edits) {

    private static final Pattern EDIT =
            Pattern.compile("^<<<<\\R(.*?)^====\\R(.*?)^>>>>\\s*$", Pattern.MULTILINE | Pattern.DOTALL);

    /** Some lines that stand once in the file, and what stands there instead. */
    public record Edit(String from, String to) {}

    /** Copies the list. */
    public Attempt {
        edits = List.copyOf(edits);
    }

    static Attempt parse(String name, String says, String text) {
        List<Edit> edits = new ArrayList<>();
        Matcher found = EDIT.matcher(text);
        while (found.find()) {
            edits.add(new Edit(found.group(1), found.group(2)));
        }
        return new Attempt(name, says, edits);
    }

    /**
     * The file with these lines replaced.
     *
     * @throws IllegalStateException if the lines to replace do not stand in it exactly once
     */
    public String in(String source) {
        String changed = source;
        for (Edit edit : edits) {
            int at = changed.indexOf(edit.from());
            if (edit.from().isEmpty() || at < 0 || changed.indexOf(edit.from(), at + 1) >= 0) {
                throw new IllegalStateException(
                        "\"" + name + "\" replaces lines that do not stand in the file exactly once: " + edit.from());
            }
            changed = changed.substring(0, at)
                    + edit.to()
                    + changed.substring(at + edit.from().length());
        }
        return changed;
    }
}
