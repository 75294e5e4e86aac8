package org.leaklab.heapdump;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings.LeakedGroup;

/**
 * A group of leaked threads that has grown between two dumps of a program.
 *
 * @param before number of its threads in the earlier dump, 0 if the group was not there
 * @param group the group in the later dump
 */
public record Growth(int before, LeakedGroup group) {

    private record Likeness(boolean virtual, @Nullable String blocker, List<String> stack) {
        static Likeness of(LeakedGroup group) {
            return new Likeness(
                    group.virtual(),
                    group.blocker(),
                    group.stack().stream().map(Likeness::place).toList());
        }

        /** Without what differs from run to run: the number in the name of a lambda's class. */
        private static String place(StackTraceElement frame) {
            String type = frame.getClassName();
            int lambda = type.indexOf("$$Lambda");
            return (lambda < 0 ? type : type.substring(0, lambda)) + "." + frame.getMethodName() + ":"
                    + frame.getLineNumber();
        }
    }

    /** Returns the number of threads that were added; at least 1 for a result of {@link #between}. */
    public int by() {
        return group.count() - before;
    }

    /**
     * Compares the findings of two dumps. A group of the one dump is the same as a group of the other if kind, blocker
     * and stack are the same. Verdicts, causes and the numbers in names of lambda classes may differ. A cause may,
     * because it says what a dump could prove of a place in the code: if the one dump shows who owns a lock and the
     * other does not, threads that were there before would otherwise seem to be new.
     *
     * @return the groups that grew; the group that grew most is first
     */
    public static List<Growth> between(Findings before, Findings after) {
        Map<Likeness, Integer> counts = new HashMap<>();
        for (LeakedGroup group : before.groups()) {
            counts.merge(Likeness.of(group), group.count(), Integer::sum);
        }
        List<Growth> grown = new ArrayList<>();
        for (LeakedGroup group : after.groups()) {
            Likeness likeness = Likeness.of(group);
            int known = Math.min(group.count(), counts.getOrDefault(likeness, 0));
            counts.merge(likeness, -known, Integer::sum);
            if (group.count() > known) {
                grown.add(new Growth(known, group));
            }
        }
        grown.sort(Comparator.comparingInt(Growth::by).reversed());
        return List.copyOf(grown);
    }
}
