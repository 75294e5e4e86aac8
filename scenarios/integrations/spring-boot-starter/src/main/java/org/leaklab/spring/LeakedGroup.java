package org.leaklab.spring;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.leaklab.detect.StuckGroup;
import org.leaklab.detect.ThreadSnapshot;

/**
 * Threads that look the same, with the words of {@link org.leaklab.detect.ProfileJson}.
 *
 * @param count number of threads
 * @param name name of one of them
 * @param kind {@code platform} or {@code virtual}
 * @param state state of each thread, in small letters
 * @param waitsOn the class of the objects that they are parked on, or null if it is unknown
 * @param creator name of the thread that started them; empty if it is unknown
 * @param oldestSeconds time from the start of the first of them until the probe looked, or null if it is unknown; it
 *     does not grow afterwards
 * @param firstOwnFrame the line of the program where they are, or null if the stack has none
 * @param stack the frames, the innermost first
 */
public record LeakedGroup(
        int count,
        String name,
        String kind,
        String state,
        @Nullable String waitsOn,
        String creator,
        @Nullable Long oldestSeconds,
        @Nullable String firstOwnFrame,
        List<String> stack) {

    /** Creates a group with a copy of the stack. */
    public LeakedGroup {
        stack = List.copyOf(stack);
    }

    static List<LeakedGroup> of(List<ThreadSnapshot> threads) {
        return StuckGroup.of(threads).stream().map(LeakedGroup::of).toList();
    }

    private static LeakedGroup of(StuckGroup group) {
        return new LeakedGroup(
                group.count(),
                group.name(),
                word(group.kind()),
                word(group.state()),
                group.waitsOn(),
                group.creator(),
                group.oldest() == null ? null : group.oldest().toSeconds(),
                group.firstOwnFrame().map(StackTraceElement::toString).orElse(null),
                group.stack().stream().map(StackTraceElement::toString).toList());
    }

    /** A constant as leaklab's JSON has it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
