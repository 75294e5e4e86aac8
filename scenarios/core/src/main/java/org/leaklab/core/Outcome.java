package org.leaklab.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.TaskGroup.TaskFailedException;

/**
 * How a task group ends: a task failed, the group was cancelled, or all went well. The first of these events decides.
 */
final class Outcome {

    private final Context scope;
    private final String traceId;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by the lock
    private boolean succeeded;
    private @Nullable Forked<?> firstFailed;
    private final List<Throwable> laterFailures = new ArrayList<>();

    Outcome(Context scope, String traceId) {
        this.scope = scope;
        this.traceId = traceId;
    }

    /**
     * Records the failure of a task. It counts as the first failure, unless another task has failed or the group is
     * cancelled already.
     */
    void failed(Forked<?> task, Throwable failure) {
        lock.lock();
        try {
            if (firstFailed == null && !scope.isDone()) {
                firstFailed = task;
            } else {
                laterFailures.add(failure);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Throws the same exception at each call, unless the group ended well. Called after all tasks have ended. */
    void throwUnlessSucceeded() throws TaskFailedException {
        lock.lock();
        try {
            if (firstFailed != null) {
                throw new TaskFailedException(firstFailed.name(), traceId, firstFailed.failure(), laterFailures);
            }
            if (!succeeded && scope.isDone()) {
                CancelledException cancelled = scope.cancelledException();
                laterFailures.forEach(cancelled::addSuppressed);
                throw cancelled;
            }
            succeeded = true;
        } finally {
            lock.unlock();
        }
    }
}
