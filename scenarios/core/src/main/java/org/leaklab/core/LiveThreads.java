package org.leaklab.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.wait.ShortLock;

/**
 * The threads of a launcher that have not ended, at most so many: intrusive lists in stripes, so that threads which
 * start and end at the same time seldom meet, and nothing is allocated.
 *
 * <p>Invariants: a stripe holds no more than its share, and the shares add up to the limit, so the limit holds exactly.
 * A stripe whose share is used up has the shares evened out, with all stripes locked in order. A count or snapshot
 * locks all stripes too, so it shows one moment: a thread that starts another and then ends is never missed with it. A
 * thread that was let go of is in its stripe as a suspect, in the count, and in a snapshot as long as it exists.
 */
final class LiveThreads {

    private static final int STRIPES = 16;

    /** One list. */
    private static final class Stripe extends ShortLock {

        // guarded by the lock
        private @Nullable LiveEntry first;
        private int size;
        private int share;

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

    private final int limit;
    private final Stripe[] stripes = new Stripe[STRIPES];

    LiveThreads(int limit) {
        this.limit = limit;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
            stripes[i].share = share(limit, i);
        }
    }

    /** The part of a number that falls to a stripe when all get the same, but for what does not divide. */
    private static int share(int number, int stripe) {
        return number / STRIPES + (stripe < number % STRIPES ? 1 : 0);
    }

    /** Adds a thread; false if as many as the limit are live. */
    boolean add(Launch launch) {
        Stripe stripe = stripe(launch);
        stripe.lock();
        try {
            if (stripe.size < stripe.share) {
                stripe.link(launch);
                return true;
            }
        } finally {
            stripe.unlock();
        }
        return addAfterEvening(stripe, launch);
    }

    private boolean addAfterEvening(Stripe stripe, Launch launch) {
        enterAll();
        try {
            int free = limit - size();
            if (free == 0) {
                return false;
            }
            stripe.link(launch);
            free--;
            for (int i = 0; i < STRIPES; i++) {
                stripes[i].share = stripes[i].size + share(free, i);
            }
            return true;
        } finally {
            leaveAll();
        }
    }

    private Stripe stripe(LiveEntry entry) {
        return stripes[(int) entry.threadId() & (STRIPES - 1)];
    }

    /** Removes a thread whose task has ended; does nothing when it is not there. */
    void remove(Launch launch) {
        Stripe stripe = stripe(launch);
        stripe.lock();
        try {
            Suspect standIn = launch.standIn;
            if (standIn == null) {
                stripe.unlink(launch);
            } else {
                standIn.end();
                launch.standIn = null;
                stripe.unlink(standIn);
            }
        } finally {
            stripe.unlock();
        }
    }

    /** Puts a suspect in the place of a live thread; false if the thread is not there any more. */
    boolean letGo(Launch launch, Suspect suspect) {
        Stripe stripe = stripe(launch);
        stripe.lock();
        try {
            if (!launch.linked) {
                return false;
            }
            stripe.unlink(launch);
            stripe.link(suspect);
            launch.standIn = suspect;
            return true;
        } finally {
            stripe.unlock();
        }
    }

    /**
     * Puts a thread back in the place of its suspect. One that was collected for good is forgotten; one that its
     * sentinel will bring back stays a suspect until then.
     */
    void takeBack(Suspect suspect) {
        Stripe stripe = stripe(suspect);
        suspect.wantBack();
        Launch launch = suspect.launch();
        stripe.lock();
        try {
            if (suspect.linked && (launch != null || !suspect.isRevivable())) {
                stripe.unlink(suspect);
                if (launch != null) {
                    suspect.keep();
                    launch.standIn = null;
                    stripe.link(launch);
                }
            }
        } finally {
            stripe.unlock();
        }
    }

    int count() {
        enterAll();
        try {
            return size();
        } finally {
            leaveAll();
        }
    }

    List<Launched> snapshot() {
        enterAll();
        try {
            List<Launched> all = new ArrayList<>(size());
            for (Stripe stripe : stripes) {
                for (LiveEntry entry = stripe.first; entry != null; entry = entry.next) {
                    Launch launch = entry.launch();
                    if (launch != null) {
                        all.add(launch);
                    }
                }
            }
            return all;
        } finally {
            leaveAll();
        }
    }

    private int size() {
        int sum = 0;
        for (Stripe stripe : stripes) {
            sum += stripe.size;
        }
        return sum;
    }

    private void enterAll() {
        for (Stripe stripe : stripes) {
            stripe.lock();
        }
    }

    private void leaveAll() {
        for (Stripe stripe : stripes) {
            stripe.unlock();
        }
    }
}
