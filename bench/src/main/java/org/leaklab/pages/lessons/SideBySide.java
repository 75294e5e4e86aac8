package org.leaklab.pages.lessons;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.pages.lessons.Listing.Line;

/**
 * The two forms of a scenario, line beside line.
 *
 * @param rows from top to bottom
 */
public record SideBySide(List<Row> rows) {

    /**
     * A line of each form, or of one of them.
     *
     * @param differs whether it is a line that the other form does not have, however far to the right; both, where
     *     there are two
     */
    public record Row(
            boolean differs, @Nullable Line left, @Nullable Line right) {}

    /** Keeps a copy. */
    public SideBySide {
        rows = List.copyOf(rows);
    }

    /** Puts two listings side by side. */
    public static SideBySide of(Listing leaky, Listing fixed) {
        List<Row> rows = new ArrayList<>();
        int left = 0;
        int right = 0;
        for (AbstractDelta<String> delta :
                DiffUtils.diff(keys(leaky), keys(fixed)).getDeltas()) {
            while (left < delta.getSource().getPosition()) {
                rows.add(new Row(false, leaky.lines().get(left++), fixed.lines().get(right++)));
            }
            int removed = delta.getSource().size();
            int added = delta.getTarget().size();
            for (int i = 0; i < Math.max(removed, added); i++) {
                rows.add(new Row(
                        true,
                        i < removed ? leaky.lines().get(left++) : null,
                        i < added ? fixed.lines().get(right++) : null));
            }
        }
        while (left < leaky.lines().size()) {
            rows.add(new Row(false, leaky.lines().get(left++), fixed.lines().get(right++)));
        }
        return new SideBySide(rows);
    }

    /** What is compared: the forms differ in their names anyway, and what is only moved to the right is the same. */
    private static List<String> keys(Listing listing) {
        return listing.lines().stream().map(SideBySide::key).toList();
    }

    static String key(Line line) {
        return line.text().strip().replaceFirst("^public void (leaky|fixed)\\(", "public void form(");
    }
}
