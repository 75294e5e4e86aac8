package org.leaklab.core;

import org.jspecify.annotations.Nullable;

/**
 * What foreign code threw while something had to be done to the end: the first failure, with the later ones suppressed
 * in it. It also keeps actions until everything else is done: in chains through the actions themselves, because there
 * may be no memory left. Confined to one thread at a time.
 */
final class Failures {

    private @Nullable Throwable first;
    private @Nullable CancelAction firstOwn;
    private @Nullable CancelAction lastOwn;
    private @Nullable CancelAction firstOfUsers;
    private @Nullable CancelAction lastOfUsers;

    /** Keeps an action that is in no chain until {@link #runDeferred()}. */
    void defer(CancelAction action) {
        if (action.own) {
            firstOwn = firstOwn == null ? action : firstOwn;
            lastOwn = linked(lastOwn, action);
        } else {
            firstOfUsers = firstOfUsers == null ? action : firstOfUsers;
            lastOfUsers = linked(lastOfUsers, action);
        }
    }

    private static CancelAction linked(@Nullable CancelAction last, CancelAction action) {
        if (last != null) {
            last.next = action;
        }
        return action;
    }

    /** Whether no action was kept and nothing was thrown. */
    boolean isEmpty() {
        return first == null && firstOwn == null && firstOfUsers == null;
    }

    /** Runs the actions that were kept, the core's own first, in their order, whatever they throw. */
    void runDeferred() {
        runAll(firstOwn);
        runAll(firstOfUsers);
        firstOwn = null;
        firstOfUsers = null;
    }

    private void runAll(@Nullable CancelAction chain) {
        for (CancelAction action = chain; action != null; ) {
            CancelAction after = (CancelAction) action.next;
            action.next = null;
            run(action);
            action = after;
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

    /** Adds a failure. */
    void add(Throwable failure) {
        if (first == null) {
            first = failure;
        } else if (first != failure) {
            try {
                first.addSuppressed(failure);
            } catch (OutOfMemoryError e) { // then the first one alone is known
            }
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
