package org.leaklab.agent.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The threads that are let go of for one collection, and those that came back.
 *
 * <p>Invariant: every thread that is missing in its set, or has a sentinel, stands in {@link #armed}, weakly, from
 * before until it is back. So the probe and its watchdog can put back every thread that something reaches. The
 * finalizer of its sentinel puts back a thread that nothing reaches. All may do it at once.
 */
final class Round {

    private final List<Armed> armed = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final Pending pending = new Pending();

    // stacks without nodes of their own: finalizers allocate nothing
    private final AtomicReference<@Nullable HandlerSentinel> revived = new AtomicReference<>();
    private final AtomicReference<@Nullable HandlerSentinel> failed = new AtomicReference<>();
    private final AtomicReference<@Nullable Guard> guards = new AtomicReference<>();

    /** Guarded by the list. */
    private boolean closed;

    /** Whether the probe is done with it, and the last thread that comes back has to clear up. */
    private volatile boolean left;

    /** Remembers a thread before it is armed. False once the round was taken over by the watchdog. */
    boolean add(Armed thread) {
        synchronized (armed) {
            return !closed && armed.add(thread);
        }
    }

    /** Forgets the last one, which was not armed. */
    void dropLast() {
        synchronized (armed) {
            if (!closed) {
                armed.removeLast();
            }
        }
    }

    /** What the collection has cleared. */
    Pending pending() {
        return pending;
    }

    void add(Held container) {
        synchronized (armed) {
            held.add(container);
        }
    }

    /** Ends the arming. From now on the list does not change. */
    List<Armed> close() {
        synchronized (armed) {
            closed = true;
            return armed;
        }
    }

    /** Called by finalizers. */
    void revived(HandlerSentinel sentinel) {
        try {
            sentinel.how = Return.of(sentinel.watched().thread(), sentinel.armed, sentinel);
        } catch (Throwable e) { // no memory: tried again
            do {
                sentinel.next = failed.get();
            } while (!failed.compareAndSet(sentinel.next, sentinel));
            return;
        }
        do {
            sentinel.next = revived.get();
        } while (!revived.compareAndSet(sentinel.next, sentinel));
        sentinel.armed.back();
        if (left) {
            leave();
        }
    }

    /** Called by finalizers. */
    void revived(Guard guard) {
        do {
            guard.next = guards.get();
        } while (!guards.compareAndSet(guard.next, guard));
    }

    /** Tries again what finalizers had no memory for. */
    private void retryFailed() {
        HandlerSentinel sentinel = failed.getAndSet(null);
        while (sentinel != null) {
            HandlerSentinel next = sentinel.next;
            revived(sentinel);
            sentinel = next;
        }
    }

    /**
     * Puts every thread back that is reachable.
     *
     * @param life of who does it
     * @return those that are still out: their finalizers put them back
     */
    List<Armed> restore(Counts counts, Life life) {
        retryFailed();
        List<Armed> out = new ArrayList<>();
        for (Armed each : close()) {
            life.sign();
            if (each.isOut() && !restore(each, counts)) {
                out.add(each);
            }
        }
        return out;
    }

    private static boolean restore(Armed armed, Counts counts) {
        Thread thread = armed.get();
        if (thread == null || !armed.claim()) {
            return armed.isBack();
        }
        boolean done = false;
        HandlerSentinel sentinel =
                Jdk.handler(thread) instanceof HandlerSentinel found && found.armed == armed ? found : null;
        try {
            counts.restored(armed.kind, Return.of(thread, armed, sentinel));
            done = true;
        } finally {
            if (done) {
                if (sentinel != null) {
                    sentinel.letGo();
                }
                armed.back();
            } else {
                armed.release();
            }
        }
        return true;
    }

    /** How many of these are out, after another try of what had failed. */
    int stillOut(List<Armed> these) {
        retryFailed();
        int out = 0;
        for (Armed each : these) {
            out += each.isOut() ? 1 : 0;
        }
        return out;
    }

    /** Takes the guards out of the sets as soon as all threads are back: now, or when the last finalizer has run. */
    void leave() {
        left = true;
        if (stillOut(close()) > 0) {
            return;
        }
        for (Guard each = guards.getAndSet(null); each != null; each = each.next) {
            each.leave(this::wasLetGo);
        }
        List<Held> containers;
        synchronized (armed) {
            containers = List.copyOf(held);
        }
        for (Held container : containers) {
            Guard guard = container.guard();
            if (guard != null) {
                guard.leave(this::wasLetGo);
            }
        }
    }

    private boolean wasLetGo(Thread thread) {
        long id = thread.threadId();
        for (Armed each : close()) { // asked only where somebody has shut an executor down meanwhile
            if (each.threadId == id) {
                return true;
            }
        }
        return false;
    }

    /** The sentinels of threads that nobody reached; afterwards the round does not hold them. */
    List<HandlerSentinel> takeRevived() {
        List<HandlerSentinel> all = new ArrayList<>();
        HandlerSentinel each = revived.getAndSet(null);
        while (each != null) {
            all.add(each);
            HandlerSentinel next = each.next;
            each.next = null;
            each = next;
        }
        return all;
    }
}
