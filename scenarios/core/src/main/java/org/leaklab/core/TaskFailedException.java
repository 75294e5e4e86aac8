package org.leaklab.core;

import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * A task of a {@link TaskGroup} failed. The cause is the first failure; those that came after it are suppressed.
 *
 * <p>Failures that are only the echo of the cancellation (an interrupt, a {@link CancelledException}) are left out.
 */
public final class TaskFailedException extends ExecutionException {

    private final String taskName;
    private final String traceId;

    TaskFailedException(String taskName, String traceId, Throwable cause, List<Throwable> others) {
        super("task \"" + taskName + "\" (trace " + traceId + ") failed: " + cause, cause);
        this.taskName = taskName;
        this.traceId = traceId;
        others.forEach(this::addSuppressed);
    }

    /** Name of the task that failed first. */
    public String taskName() {
        return taskName;
    }

    /** The trace that the group works for. */
    public String traceId() {
        return traceId;
    }
}
