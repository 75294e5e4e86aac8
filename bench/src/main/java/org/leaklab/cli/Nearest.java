package org.leaklab.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The word that somebody meant who mistyped it. */
final class Nearest {

    /** As in Python's difflib, which suggests from 0.6 on; that is too much for short words: "test" is not "detect". */
    private static final double LIKE = 0.65;

    private Nearest() {}

    /** The known word that is most like another; empty when none is like it. */
    static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(other -> likeness(word, other) >= LIKE)
                .max(Comparator.comparingDouble(other -> likeness(word, other)));
    }

    /**
     * The share of letters that the shortest edit keeps, from 0 to 1. Dashes that an option begins with do not count.
     */
    private static double likeness(String word, String other) {
        List<Integer> from = letters(word);
        List<Integer> to = letters(other);
        int edited = DiffUtils.diff(from, to).getDeltas().stream()
                .mapToInt(Nearest::size)
                .sum();
        return 1 - (double) edited / Math.max(1, from.size() + to.size());
    }

    private static int size(AbstractDelta<Integer> delta) {
        return delta.getSource().size() + delta.getTarget().size();
    }

    private static List<Integer> letters(String word) {
        return word.replaceFirst("^-+", "").chars().boxed().toList();
    }
}
