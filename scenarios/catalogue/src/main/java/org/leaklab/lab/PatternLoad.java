package org.leaklab.lab;

import java.util.List;
import org.leaklab.core.Context;
import org.leaklab.core.Launcher;

/** One of the five patterns with almost no work to do: it squares each item. Benchmarks repeat it. */
public final class PatternLoad {

    private final PatternTable.Subject subject;

    private PatternLoad(PatternTable.Subject subject) {
        this.subject = subject;
    }

    /**
     * The load for a pattern.
     *
     * @param pattern its name, as in {@link PatternProperties#pattern()}
     * @throws IllegalArgumentException if there is no such pattern; the message names all patterns
     */
    public static PatternLoad of(String pattern) {
        PatternTable.Subject subject = PatternTable.SUBJECTS.get(pattern);
        if (subject == null) {
            throw new IllegalArgumentException("there is no pattern \"" + pattern + "\", only "
                    + String.join(", ", PatternTable.SUBJECTS.keySet()));
        }
        return new PatternLoad(subject);
    }

    /**
     * Puts all items through the pattern and returns the results. All threads start and end within the call.
     *
     * @throws Exception if the pattern throws it
     */
    public List<Integer> run(Launcher threads, List<Integer> items) throws Exception {
        return subject.run(threads, Context.background(), new PatternTable.Load(items, n -> n * n, n -> n));
    }
}
