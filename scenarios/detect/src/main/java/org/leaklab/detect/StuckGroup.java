package org.leaklab.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.ThreadKind;

/**
 * Threads that look the same: same kind, same state, waiting on the same class of thing at the same place, started by
 * the same thread.
 *
 * @param count how many, at least 1
 * @param name of one of them
 * @param waitsOn class name of what they are parked on, or null
 * @param creator name of the thread that started them; empty when that is not known
 * @param oldest time since the first of them was started, or null when that is not known
 * @param stack innermost frame first
 */
public record StuckGroup(
        int count,
        String name,
        ThreadKind kind,
        Thread.State state,
        @Nullable String waitsOn,
        String creator,
        @Nullable Duration oldest,
        List<StackTraceElement> stack) {

    /** Keeps a copy of the stack. */
    public StuckGroup {
        stack = List.copyOf(stack);
    }

    private record Likeness(
            ThreadKind kind,
            Thread.State state,
            @Nullable String waitsOn,
            String creator,
            List<StackTraceElement> stack) {}

    /** Groups threads; the largest group first, and of equal ones that with the oldest thread. */
    public static List<StuckGroup> of(Collection<ThreadSnapshot> threads) {
        Map<Likeness, List<ThreadSnapshot>> alike = new LinkedHashMap<>();
        for (ThreadSnapshot thread : threads) {
            Likeness likeness =
                    new Likeness(thread.kind(), thread.state(), thread.waitsOn(), thread.creator(), thread.stack());
            alike.computeIfAbsent(likeness, ignored -> new ArrayList<>()).add(thread);
        }
        List<StuckGroup> groups = new ArrayList<>();
        alike.forEach((likeness, members) -> groups.add(new StuckGroup(
                members.size(),
                members.getFirst().name(),
                likeness.kind(),
                likeness.state(),
                likeness.waitsOn(),
                likeness.creator(),
                oldest(members),
                likeness.stack())));
        groups.sort(Comparator.comparingInt(StuckGroup::count)
                .reversed()
                .thenComparing(
                        group -> group.oldest() == null ? Duration.ZERO : group.oldest(), Comparator.reverseOrder()));
        return List.copyOf(groups);
    }

    private static @Nullable Duration oldest(List<ThreadSnapshot> members) {
        return members.stream()
                .map(ThreadSnapshot::age)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
