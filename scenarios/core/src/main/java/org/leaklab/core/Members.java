package org.leaklab.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.wait.Gate;
import org.leaklab.core.wait.Nanos;
import org.leaklab.core.wait.Waiter;

/**
 * The tasks of a group that have not ended, and the wait for their end. The entry is open until the group is joined or
 * closed.
 *
 * <p>Invariant, under the lock: {@code pending} is the number of tasks in the list, plus one while the entry is open.
 * So {@code pending} becomes zero only after the close, and then stays zero.
 */
final class Members extends Gate {

    private final @Nullable Deadline deadline;

    // guarded by the lock
    private int pending = 1;
    private boolean closed;
    private @Nullable Forked<?> first;

    /** For a group whose tasks are cancelled at a deadline, or never if it is null. */
    Members(@Nullable Deadline deadline) {
        this.deadline = deadline;
    }

    /** The deadline cancels the tasks, so who waits for them waits no longer than that, if they heed it. */
    @Override
    protected long endsIn() {
        long left = deadline == null ? Nanos.FOR_EVER : deadline.nanosLeft();
        return left > 0 ? left : Nanos.FOR_EVER;
    }

    /** Adds a task. Returns false if the entry is closed and the caller is not itself a task of the group that runs. */
    boolean add(Forked<?> task) {
        enter();
        try {
            if (closed && !isMember(Thread.currentThread())) {
                return false;
            }
            pending++;
            task.next = first;
            if (first != null) {
                first.previous = task;
            }
            first = task;
            return true;
        } finally {
            leave();
        }
    }

    private boolean isMember(Thread thread) {
        for (Forked<?> task = first; task != null; task = task.next) {
            if (task.thread == thread) {
                return true;
            }
        }
        return false;
    }

    /**
     * Removes a task. If it was the last one, wakes the threads that wait.
     *
     * @return false if it is not there any more
     */
    boolean remove(Forked<?> task) {
        List<Waiter> ready;
        enter();
        try {
            if (task != first && task.previous == null) {
                return false;
            }
            if (task.previous == null) {
                first = task.next;
            } else {
                task.previous.next = task.next;
            }
            if (task.next != null) {
                task.next.previous = task.previous;
            }
            task.previous = null;
            task.next = null;
            ready = countDown();
        } finally {
            leave();
        }
        wake(ready);
        return true;
    }

    /** From now on only running members add tasks. */
    void close() {
        List<Waiter> ready = List.of();
        enter();
        try {
            if (!closed) {
                closed = true;
                ready = countDown();
            }
        } finally {
            leave();
        }
        wake(ready);
    }

    private static void wake(List<Waiter> ready) {
        if (!ready.isEmpty()) { // an iterator over nothing is an object too
            ready.forEach(Waiter::wake);
        }
    }

    private List<Waiter> countDown() {
        pending--;
        return pending == 0 ? completeAll() : List.of();
    }

    @Override
    protected boolean passNow(long ignored) {
        return pending == 0;
    }

    /** Whether a thread runs one of the tasks. */
    boolean has(Thread thread) {
        enter();
        try {
            return isMember(thread);
        } finally {
            leave();
        }
    }

    /** Waits as {@link #await()} does, whatever interrupts come; restores the interrupt flag. */
    void awaitUninterruptibly() {
        boolean interrupted = false;
        while (true) {
            try {
                await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the entry is closed and every task has ended. */
    void await() throws InterruptedException {
        pass(null, 0, Nanos.FOR_EVER);
    }

    /** The threads of the tasks that have begun and not ended. */
    List<Thread> threads() {
        enter();
        try {
            List<Thread> threads = first == null ? List.of() : new ArrayList<>();
            for (Forked<?> task = first; task != null; task = task.next) {
                if (task.thread != null) {
                    threads.add(task.thread);
                }
            }
            return threads;
        } finally {
            leave();
        }
    }

    /** Whether no task was added so far, or all have ended. */
    boolean isEmpty() {
        enter();
        try {
            return first == null;
        } finally {
            leave();
        }
    }
}
