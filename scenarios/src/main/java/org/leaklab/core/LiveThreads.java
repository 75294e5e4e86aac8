package org.leaklab.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a launcher that have not ended, at most so many: intrusive lists in stripes, so that threads which
 * start and end at the same time seldom meet, and nothing is allocated.
 *
 * <p>Invariants: a stripe holds no more than its share, and the shares add up to the limit, so the limit holds exactly.
 * A stripe whose share is used up has the shares evened out, with all stripes locked in order. A count or snapshot
 * locks all stripes too, so it shows one moment: a thread that starts another and then ends is never missed with it.
 */
final class LiveThreads {

    private static final int STRIPES = 16;

    /** One list. */
    private static final class Stripe extends ShortLock {

        // guarded by the lock
        private @Nullable Launch first;
        private int size;
        private int share;

        void link(Launch launch) {
            launch.stripe = this;
            launch.next = first;
            if (first != null) {
                first.previous = launch;
            }
            first = launch;
            size++;
        }

        void unlink(Launch launch) {
            if (launch.previous == null) {
                first = launch.next;
            } else {
                launch.previous.next = launch.next;
            }
            if (launch.next != null) {
                launch.next.previous = launch.previous;
            }
            launch.previous = null;
            launch.next = null;
            launch.stripe = null;
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
        Stripe stripe = stripes[(int) launch.thread().threadId() & (STRIPES - 1)];
        stripe.enter();
        try {
            if (stripe.size < stripe.share) {
                stripe.link(launch);
                return true;
            }
        } finally {
            stripe.leave();
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

    /** Removes a thread; does nothing when it is not there. */
    void remove(Launch launch) {
        Stripe stripe = stripes[(int) launch.thread().threadId() & (STRIPES - 1)];
        stripe.enter();
        try {
            if (launch.stripe != null) {
                stripe.unlink(launch);
            }
        } finally {
            stripe.leave();
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
                for (Launch launch = stripe.first; launch != null; launch = launch.next) {
                    all.add(launch);
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
            stripe.enter();
        }
    }

    private void leaveAll() {
        for (Stripe stripe : stripes) {
            stripe.leave();
        }
    }
}
