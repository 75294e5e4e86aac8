package org.leaklab.core.live;

import org.jspecify.annotations.Nullable;
import org.leaklab.core.wait.ShortLock;

/** One of the lists of {@link LiveThreads}: doubly linked through its entries, so that nothing is allocated. */
final class Stripe extends ShortLock {

    // guarded by the lock
    @Nullable
    LiveEntry first;

    int size;
    int share;

    /** The threads that a factory has made and that do not run yet; not in the size. */
    @Nullable
    Made firstMade;

    void lock() {
        enter();
    }

    static void lockAll(Stripe[] stripes) {
        enterAll(stripes);
    }

    void unlock() {
        leave();
    }

    void link(LiveEntry entry) {
        entry.linked = true;
        entry.next = first;
        if (first != null) {
            first.previous = entry;
        }
        first = entry;
        size++;
    }

    void link(Made made) {
        made.linked = true;
        made.next = firstMade;
        if (firstMade != null) {
            firstMade.previous = made;
        }
        firstMade = made;
    }

    /** Does nothing when it is not linked. */
    void unlink(Made made) {
        if (!made.linked) {
            return;
        }
        if (made.previous == null) {
            firstMade = made.next;
        } else {
            made.previous.next = made.next;
        }
        if (made.next != null) {
            made.next.previous = made.previous;
        }
        made.previous = null;
        made.next = null;
        made.linked = false;
    }

    /** How many threads that a factory has made were started and do not run yet. */
    int startedSilently() {
        int started = 0;
        for (Made made = firstMade; made != null; made = made.next) {
            if (made.startedSilently() != null) {
                started++;
            }
        }
        return started;
    }

    /** Unlinks the threads whose start failed so badly that nobody could take them out. */
    void dropAbandoned() {
        for (LiveEntry entry = first; entry != null; ) {
            LiveEntry next = entry.next;
            if (entry instanceof LiveThread thread && thread.neverRan()) {
                unlink(entry);
            }
            entry = next;
        }
    }

    /** Does nothing when the entry is not linked. */
    void unlink(LiveEntry entry) {
        if (!entry.linked) {
            return;
        }
        if (entry.previous == null) {
            first = entry.next;
        } else {
            entry.previous.next = entry.next;
        }
        if (entry.next != null) {
            entry.next.previous = entry.previous;
        }
        entry.previous = null;
        entry.next = null;
        entry.linked = false;
        size--;
    }
}
