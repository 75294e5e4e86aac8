package org.leaklab.heapdump;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaked threads of the same kind with the same stack, which wait on the same class of thing, with the same verdict.
 *
 * @param count how many, at least 1
 * @param blocker class of what they wait on, or null when they wait on nothing that has a class
 * @param names of all of them
 * @param retainedBytes of heap that would be freed if all of them were gone
 * @param heldBy the shortest way from a root to one of the threads, a step each; empty for the verdict certain
 * @param stack innermost frame first
 */
public record LeakedGroup(
        int count,
        boolean virtual,
        Verdict verdict,
        @Nullable String blocker,
        List<String> names,
        long retainedBytes,
        List<String> heldBy,
        List<StackTraceElement> stack) {

    /** {@code platform} or {@code virtual}. */
    public String kind() {
        return virtual ? "virtual" : "platform";
    }
}
