package org.leaklab.lab;

import java.util.List;
import org.leaklab.core.Context;
import org.leaklab.core.Launcher;

/** One of the five patterns with next to no work to do: each item is squared. What a benchmark repeats. */
public final class PatternLoad {

    private final PatternTable.Subject subject;

    private PatternLoad(PatternTable.Subject subject) {
        this.subject = subject;
    }

    /**
     * The load of a pattern.
     *
     * @param pattern its name, as in {@link PatternProperties#pattern()}
     * @throws IllegalArgumentException if there is none
     */
    public static PatternLoad of(String pattern) {
        PatternTable.Subject subject = PatternTable.SUBJECTS.get(pattern);
        if (subject == null) {
            throw new IllegalArgumentException("there is no pattern \"" + pattern + "\", only "
                    + String.join(", ", PatternTable.SUBJECTS.keySet()));
        }
        return new PatternLoad(subject);
    }

    /** Puts all items through the pattern and returns what came out; threads are started and ended within. */
    public List<Integer> run(Launcher threads, List<Integer> items) throws Exception {
        return subject.run(threads, Context.background(), new PatternTable.Load(items, n -> n * n, n -> n));
    }
}
