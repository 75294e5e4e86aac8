package org.leaklab.heapdump.judge;

import org.jspecify.annotations.Nullable;

/**
 * What a thread waits for, before anybody asks who could end that wait. Each stage that knows more of a thread says so
 * with another one; nothing changes in this one.
 *
 * @param isSuspended whether it waits without limit, as far as its own fields say, or as the JVM says beside the dump
 * @param what what it waits for, or null if it does not wait, or that is not known
 * @param isCandidate whether it is stuck unless somebody ends the wait
 * @param unknown why nothing can be said of it, or null
 */
record ThreadWait(
        boolean isSuspended,
        @Nullable Wait what,
        boolean isCandidate,
        @Nullable String unknown) {

    /** It does not wait, or waits with a limit. */
    static final ThreadWait NONE = new ThreadWait(false, null, false, null);

    /** Its own fields say nothing of what it does. */
    static final ThreadWait WITHOUT_STATE =
            new ThreadWait(false, null, false, "the state of the thread is none that is known");

    /** It is stuck unless somebody ends its wait. */
    static ThreadWait on(Wait wait) {
        return new ThreadWait(true, wait, true, null);
    }

    /** It is known what it waits for, and that it goes on, or may. */
    static ThreadWait explained(Wait wait) {
        return new ThreadWait(true, wait, false, null);
    }

    /** It waits, and nothing can be said of that. */
    static ThreadWait unknown(String why) {
        return new ThreadWait(true, null, false, why);
    }

    /** The object that it waits on, or -1. */
    int blocker() {
        return what == null ? -1 : what.shown();
    }

    /** The thread that alone could end the wait; null if there is no such thread, or it has ended. */
    @Nullable
    DumpThread owner() {
        return what instanceof Wait.Owned owned ? owned.owner() : null;
    }

    boolean endsByInterrupt() {
        return isCandidate && what != null && what.endsByInterrupt();
    }
}
