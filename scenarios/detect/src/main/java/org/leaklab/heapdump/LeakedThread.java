package org.leaklab.heapdump;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread that can never be woken.
 *
 * @param id {@link Thread#threadId()}
 * @param name empty for an unnamed one
 * @param state waiting or blocked
 * @param blocker class of what it waits on, or null when it waits on nothing that has a class
 * @param retainedBytes of heap that would be freed if it alone were gone; a platform thread's native stack is not in it
 * @param stack innermost frame first
 */
public record LeakedThread(
        long id,
        String name,
        boolean virtual,
        Thread.State state,
        Verdict verdict,
        @Nullable String blocker,
        long retainedBytes,
        List<StackTraceElement> stack) {}
