package org.leaklab.agent.probe;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A container whose threads are armed, or the list of a launcher, held weakly: after a collection it says whether
 * anything but its own armed threads reaches it.
 */
final class Held {

    private final Own<Object> container;
    private final @Nullable Own<Guard> guard;

    /** A class of its own: those are not counted among the references of the program. */
    private static final class Own<T> extends WeakReference<T> {
        Own(T referent) {
            super(referent);
        }
    }

    Held(Object container, @Nullable Guard guard) {
        this.container = new Own<>(container);
        this.guard = guard == null ? null : new Own<>(guard);
    }

    /** Whether something alive reached the container at the last collection, and could interrupt its threads. */
    boolean isReached() {
        return !container.refersTo(null);
    }

    /** The container, if it was reached. */
    @Nullable
    Object get() {
        return container.get();
    }

    /** The guard, if the container was reached; an unreached one's comes through its finalizer. */
    @Nullable
    Guard guard() {
        return guard == null ? null : guard.get();
    }
}
