package org.leaklab.core;

import java.util.Arrays;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.live.PendingDeadlines;
import org.leaklab.core.wait.ShortLock;

/**
 * The one thread that cancels contexts when their deadlines pass. It starts with the first deadline, sleeps until the
 * next one, and ends when there was none for 100 ms. Never does it run code of a user, so no context delays another.
 *
 * <p>A {@link java.util.concurrent.ScheduledThreadPoolExecutor} would do, but wakes its thread for most new deadlines
 * and again for most that are taken back. Here the thread is woken only for a deadline before all others: a deadline
 * that is taken back just leaves it asleep, and it looks when it wakes. Most timeouts never come, so this is the common
 * case. When the last deadline is taken back, the thread is woken once and then looks every 100 ms, for as long as
 * there are moments without a deadline. So who sets and takes back one after the other wakes nobody and reads no clock.
 *
 * <p>Algorithm: a binary heap by deadline; each scope knows its place in it. Invariants under the lock: while the
 * thread sleeps and nobody has woken it, no scope in the heap is due before {@code wakes}; the thread lives while the
 * heap is not empty; {@code emptied} says whether the heap was emptied since the thread last looked, and then
 * {@code lingers} that it looks again soon.
 */
final class Timers {

    private static final long LINGER_NANOS = 100_000_000;
    private static final long BEFORE_RETRY_NANOS = 10_000_000;
    private static final int FIRST_CAPACITY = 16;

    private static final System.Logger LOG = System.getLogger(Timers.class.getName());

    private static final ThreadFactory ACTIONS = body -> daemon("leaklab-expired", body);

    /** Runs the actions of users: a thread for each context that expires while the others are at work. */
    private static final ThreadPoolExecutor LATE = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, LINGER_NANOS, TimeUnit.NANOSECONDS, new SynchronousQueue<>(), ACTIONS);

    /**
     * A {@code ReentrantLock} would do, but where the stack overflows in it, it is lost, and no deadline comes again.
     */
    private static final class Lock extends ShortLock {
        void lock() {
            enter();
        }

        void unlock() {
            leave();
        }
    }

    private static final Lock LOCK = new Lock();

    // guarded by the lock
    private static @Nullable Scope[] heap = new Scope[FIRST_CAPACITY];
    private static int size;
    private static @Nullable Thread thread;
    private static long wakes;
    private static boolean emptied;
    private static boolean lingers;

    static {
        PendingDeadlines.countedBy(Timers::setAfter);
    }

    private Timers() {}

    private static long setAfter(long number) {
        long count = 0;
        LOCK.lock();
        try {
            for (int i = 0; i < size; i++) {
                if (heap[i].number > number) {
                    count++;
                }
            }
        } finally {
            LOCK.unlock();
        }
        return count;
    }

    private static Thread daemon(String name, Runnable body) {
        return Thread.ofPlatform()
                .name(name)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(body);
    }

    /** Has a scope expire at its deadline, unless it is taken out before. */
    static void add(Scope scope) {
        Thread sleeper = null;
        LOCK.lock();
        try {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            long at = scope.deadline().at;
            if (thread == null) {
                Thread started = daemon("leaklab-deadlines", Timers::run);
                started.start();
                thread = started;
                emptied = false;
                lingers = false;
                wakes = at;
            } else if (at - wakes < 0) {
                sleeper = thread;
            }
            scope.number = PendingDeadlines.next();
            settle(size, scope);
            size++;
        } finally {
            LOCK.unlock();
        }
        LockSupport.unpark(sleeper);
    }

    /** Takes a scope out, if it is there. */
    static void remove(Scope scope) {
        Thread sleeper = null;
        LOCK.lock();
        try {
            if (scope.place < 0) {
                return;
            }
            takeOut(scope.place);
            if (size == 0) {
                emptied = true;
                if (!lingers) { // so that it does not sleep on for an hour
                    lingers = true;
                    sleeper = thread;
                }
            }
        } finally {
            LOCK.unlock();
        }
        LockSupport.unpark(sleeper);
    }

    private static void run() {
        while (true) {
            Scope due = null;
            long nanos = 0;
            LOCK.lock();
            try {
                long now = System.nanoTime();
                long at = size > 0 ? heap[0].deadline().at : now + LINGER_NANOS;
                if (at - now <= 0) {
                    due = heap[0];
                    takeOut(0);
                    emptied |= size == 0;
                } else if (size == 0 && !emptied) {
                    thread = null;
                    return;
                } else {
                    lingers = emptied;
                    emptied = false;
                    nanos = lingers ? Math.min(at - now, LINGER_NANOS) : at - now;
                    wakes = now + nanos;
                }
            } finally {
                LOCK.unlock();
            }
            boolean ignored = Thread.interrupted(); // by a stranger: it must not keep the thread from sleeping
            if (due == null) {
                LockSupport.parkNanos(Timers.class, nanos);
            } else {
                expire(due);
            }
        }
    }

    private static void expire(Scope due) {
        try {
            due.expire();
        } catch (Throwable thrown) { // out of memory, say; the other deadlines must still come, and this one too
            report(thrown);
            if (due.cause() == null) {
                do {
                    LockSupport.parkNanos(Timers.class, BEFORE_RETRY_NANOS);
                } while (!again(due));
            }
        }
    }

    /** Puts a scope back that could not be cancelled; false if there is no memory for that. */
    private static boolean again(Scope due) {
        LOCK.lock();
        try {
            if (due.place < 0 && due.cause() == null) {
                if (size == heap.length) {
                    heap = Arrays.copyOf(heap, 2 * size);
                }
                settle(size, due);
                size++;
            }
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        } finally {
            LOCK.unlock();
        }
    }

    /** Runs the deferred actions of users on a thread of their own, one after the other, and logs what they threw. */
    static void runLate(Failures actions) {
        Runnable late = () -> {
            actions.runDeferred();
            if (actions.first() != null) {
                report(actions.first());
            }
        };
        try {
            LATE.execute(late);
        } catch (Throwable thrown) { // no thread is to be had: here, if late for others
            actions.add(thrown);
            late.run();
        }
    }

    private static void report(Throwable failure) {
        try {
            LOG.log(System.Logger.Level.WARNING, "an action of a context that expired has failed", failure);
        } catch (Throwable ignored) { // a logger that fails has nobody to tell
        }
    }

    private static void takeOut(int place) {
        Scope out = heap[place];
        if (place < size - 1) {
            settle(place, heap[size - 1]);
        }
        heap[--size] = null;
        out.place = -1;
    }

    /**
     * Puts a scope where it belongs, from a free place on or from that of one that goes. It calls nothing, so where the
     * stack is nearly full it does all or nothing.
     */
    private static void settle(int from, Scope scope) {
        @Nullable Scope[] scopes = heap;
        long at = scope.deadline.at;
        int place = from;
        while (place > 0) {
            Scope above = scopes[(place - 1) >>> 1];
            if (at - above.deadline.at >= 0) {
                break;
            }
            scopes[place] = above;
            above.place = place;
            place = (place - 1) >>> 1;
        }
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && scopes[child + 1].deadline.at - scopes[child].deadline.at < 0) {
                child++;
            }
            Scope below = scopes[child];
            if (below.deadline.at - at >= 0) {
                break;
            }
            scopes[place] = below;
            below.place = place;
            place = child;
        }
        scopes[place] = scope;
        scope.place = place;
    }
}
