package org.leaklab.heapdump.locks;

import org.jspecify.annotations.Nullable;

/** What a thread does, as far as a thread dump shows it. */
public sealed interface SeenWait {

    /** It runs, or waits with a limit. */
    record GoesOn() implements SeenWait {}

    /**
     * It waits without a limit for what another thread has.
     *
     * @param wants what it waits for, such as the class of a lock
     * @param owner the {@code threadId()} of the other thread
     * @param interruptible whether an interrupt ends the wait
     * @param initializes whether it waits for a class that the other thread initializes
     */
    record Owned(String wants, long owner, boolean interruptible, boolean initializes) implements SeenWait {}

    /**
     * It waits without a limit for what has no owner, such as a queue.
     *
     * @param wants the class of the object that it waits on, or null if the dump does not show it
     */
    record Unowned(@Nullable String wants) implements SeenWait {}

    /**
     * It waits without a limit for what has an owner, and the dump does not show which thread that is.
     *
     * @param wants what it waits for
     * @param why the reason, a clause
     * @param initializes whether it waits for a class that the other thread initializes
     */
    record OwnerUnseen(String wants, String why, boolean initializes) implements SeenWait {}

    /** Returns what it waits for, or null. */
    default @Nullable String wanted() {
        return switch (this) {
            case GoesOn ignored -> null;
            case Owned owned -> owned.wants();
            case Unowned unowned -> unowned.wants();
            case OwnerUnseen unseen -> unseen.wants();
        };
    }
}
