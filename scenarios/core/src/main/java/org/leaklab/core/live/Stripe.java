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

    void lock() {
        enter();
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
