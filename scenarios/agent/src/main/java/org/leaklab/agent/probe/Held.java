package org.leaklab.agent.probe;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A container whose threads are armed, held weakly: after a collection it says whether anything but its own armed
 * threads reaches it.
 */
final class Held {

    private final WeakReference<Object> container;
    private final @Nullable WeakReference<Guard> guard;

    Held(Object container, @Nullable Guard guard) {
        this.container = new WeakReference<>(container);
        this.guard = guard == null ? null : new WeakReference<>(guard);
    }

    /** Whether something alive reached the container at the last collection, and could interrupt its threads. */
    boolean isReached() {
        return !container.refersTo(null);
    }

    /** The guard, if the container was reached; an unreached one's comes through its finalizer. */
    @Nullable
    Guard guard() {
        return guard == null ? null : guard.get();
    }
}
