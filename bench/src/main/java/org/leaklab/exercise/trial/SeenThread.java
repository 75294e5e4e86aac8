package org.leaklab.exercise.trial;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread as it was seen at the end of a round.
 *
 * @param name its name
 * @param virtual whether it is virtual
 * @param idle whether it is a worker of a pool that has nothing to do
 * @param does what it does, such as {@code waits in SynchronousQueue.put}
 * @param at the line of the learner's file, such as {@code Letter.java:23}; empty if it is not in the learner's code
 * @param target what it waits for, such as {@code ReentrantLock #1}; null if that is not known
 * @param heldBy the thread that holds the target, or whose end it waits for; null if that is not known
 * @param stack innermost frame first
 */
public record SeenThread(
        String name,
        boolean virtual,
        boolean idle,
        String does,
        String at,
        @Nullable String target,
        @Nullable String heldBy,
        List<String> stack)
        implements Serializable {

    /** Copies the stack, into a list that can be written. */
    public SeenThread {
        stack = List.copyOf(stack);
    }
}
