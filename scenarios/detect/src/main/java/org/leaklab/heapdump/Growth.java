package org.leaklab.heapdump;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings.LeakedGroup;

/**
 * A group of leaked threads that has become larger between two dumps of a program.
 *
 * @param before how many threads it had, 0 or more
 * @param group as it is in the later dump
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

    /** By how many threads. */
    public int by() {
        return group.count() - before;
    }

    /** The groups that grew, the one that grew most first. Groups are the same whatever their verdict. */
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
