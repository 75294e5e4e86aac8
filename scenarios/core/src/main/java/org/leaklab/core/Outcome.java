package org.leaklab.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.TaskGroup.TaskFailedException;
import org.leaklab.core.wait.ShortLock;

/**
 * How a task group ends: a task failed, the group was cancelled, or all went well. The first of these events decides.
 */
final class Outcome extends ShortLock {

    private final Context scope;

    // guarded by the lock
    private boolean succeeded;
    private @Nullable Forked<?> firstFailed;
    private @Nullable List<Throwable> laterFailures;

    Outcome(Context scope) {
        this.scope = scope;
    }

    /**
     * Records the failure of a task. It counts as the first failure, unless another task has failed or the group is
     * cancelled already.
     */
    void failed(Forked<?> task, Throwable failure) {
        enter();
        try {
            if (firstFailed == null && !scope.isDone()) {
                firstFailed = task;
            } else {
                laterFailures = laterFailures == null ? new ArrayList<>() : laterFailures;
                laterFailures.add(failure);
            }
        } finally {
            leave();
        }
    }

    /** Throws an exception at each call, unless the group ended well. Called after all tasks have ended. */
    void throwUnlessSucceeded(TaskGroup group) throws TaskFailedException {
        Forked<?> failed;
        List<Throwable> later;
        enter();
        try {
            succeeded |= firstFailed == null && !scope.isDone();
            if (succeeded) {
                return;
            }
            failed = firstFailed;
            later = laterFailures == null ? List.of() : List.copyOf(laterFailures);
        } finally {
            leave();
        }
        if (failed != null) {
            throw new TaskFailedException(failed, group.traceId(), later);
        }
        CancelledException cancelled = scope.cancelledException();
        later.forEach(cancelled::addSuppressed);
        throw cancelled;
    }
}
