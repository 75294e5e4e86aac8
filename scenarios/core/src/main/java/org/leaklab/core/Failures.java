package org.leaklab.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What foreign code threw while something had to be done to the end: the first failure, with the later ones suppressed
 * in it. It also keeps foreign actions until everything else is done. Confined to one thread at a time.
 */
final class Failures {

    private @Nullable Throwable first;
    private @Nullable List<Runnable> deferred;
    private int own;

    /** Keeps an action until {@link #runDeferred()}. */
    void defer(Runnable action) {
        deferred = deferred == null ? new ArrayList<>() : deferred;
        deferred.add(action);
    }

    /** Runs the actions that were kept, in their order, whatever they throw. */
    void runDeferred() {
        if (deferred != null) {
            deferred.forEach(this::run);
            deferred = null;
        }
    }

    /** Runs an action; keeps what it throws, whatever it is. */
    void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable thrown) {
            add(thrown);
        }
    }

    /** Keeps an action of the core's own, before those of users. */
    void deferOwn(Runnable action) {
        deferred = deferred == null ? new ArrayList<>() : deferred;
        deferred.add(own++, action);
    }

    /** Adds a failure. */
    void add(Throwable failure) {
        if (first == null) {
            first = failure;
        } else if (first != failure) {
            first.addSuppressed(failure);
        }
    }

    /** The first failure, or null if there was none. */
    @Nullable
    Throwable first() {
        return first;
    }

    /** Throws the first failure, if there was one. */
    void throwFirst() {
        if (first != null) {
            Failures.<RuntimeException>sneakyThrow(first);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // an action may throw what it does not declare
    private static <X extends Throwable> void sneakyThrow(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
