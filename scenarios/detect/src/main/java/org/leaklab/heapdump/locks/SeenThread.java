package org.leaklab.heapdump.locks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread in a thread dump.
 *
 * @param id its {@code threadId()}
 * @param name its name, or empty if the dump does not show it
 * @param virtual whether it is virtual
 * @param state its state, or null if the dump does not show it
 * @param carrier the {@code threadId()} of the thread that carries it, or 0 if it is not mounted
 * @param doing what it waits for, or that it goes on
 * @param stack its frames, the innermost first
 */
public record SeenThread(
        long id,
        String name,
        boolean virtual,
        Thread.@Nullable State state,
        long carrier,
        SeenWait doing,
        List<StackTraceElement> stack) {

    /** Returns its name in quotes, or its number if the dump does not show the name. */
    public String quoted() {
        return name.isEmpty() ? "#" + id : "\"" + name + "\"";
    }

    /** Whether it waits without a limit. */
    public boolean isSuspended() {
        return !(doing instanceof SeenWait.GoesOn);
    }
}
