package org.leaklab.detect;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.ThreadKind;

/**
 * A group of threads that look the same: they have the same kind, state and stack, wait on objects of the same class,
 * and were started by threads of the same name.
 *
 * @param count number of threads, at least 1
 * @param name name of one of the threads
 * @param kind platform or virtual
 * @param state state of each thread
 * @param waitsOn name of the class of the objects that the threads are parked on; null if they are not parked or gave
 *     no object
 * @param creator name of the thread that started them; empty if it is unknown or has no name
 * @param oldest time since the first of them was started, or null if it is unknown. No thread has waited longer.
 * @param stack the frames of each thread, the innermost first
 */
public record StuckGroup(
        int count,
        String name,
        ThreadKind kind,
        Thread.State state,
        @Nullable String waitsOn,
        String creator,
        @Nullable Duration oldest,
        List<StackTraceElement> stack)
        implements Serializable {

    /** Creates a group with a copy of the stack. */
    public StuckGroup {
        stack = List.copyOf(stack);
    }

    /**
     * Returns the innermost frame that is neither the JDK's nor leaklab's core: the line of the program where the
     * threads are. Empty if the stack has no such frame. {@code stack().getFirst()} is {@code park} most of the time.
     */
    public Optional<StackTraceElement> firstOwnFrame() {
        return Frames.firstOwn(stack);
    }

    private record Likeness(
            ThreadKind kind,
            Thread.State state,
            @Nullable String waitsOn,
            String creator,
            List<StackTraceElement> stack) {}

    /**
     * Puts threads into groups, the largest group first. Among groups of equal size, the one with the oldest thread is
     * first.
     */
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
