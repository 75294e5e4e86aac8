package org.leaklab.core.live;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a launcher that have not ended, at most so many: intrusive lists in stripes, so that threads which
 * start and end at the same time seldom meet, and nothing is allocated.
 *
 * <p>Invariants: {@link #add} lets no more in than a stripe's share, and the shares add up to the limit, so the limit
 * holds exactly for the threads that the launcher starts. Threads that a factory has made are let in when they run,
 * whatever the limit: they are there already. A stripe whose share is used up has the shares evened out, with all
 * stripes locked in order. A count or snapshot locks all stripes too, so it shows one moment: a thread that starts
 * another and then ends is never missed with it. A thread that a detector has let go of is in its stripe as a
 * {@link StandIn}, in the count, and in a snapshot as long as the stand-in knows it.
 */
public final class LiveThreads {

    private static final int STRIPES = 16;

    private final Object launcher;
    private final int limit;
    private final Stripe[] stripes = new Stripe[STRIPES];
    private final Hooks hooks = new Hooks();
    private final ReferenceQueue<LiveThread> neverStarted = new ReferenceQueue<>();
    private final Ends ends;

    /** How many threads a factory has made that do not run yet; raised before such a thread is in its stripe. */
    private final AtomicInteger expected = new AtomicInteger();

    /**
     * Whether the start of a thread failed after it was added, and it may still be there. A field and not a method:
     * after a stack overflow there may be no stack for a call.
     */
    public volatile boolean abandoned;

    /** Guarded by the lock of {@link Launchers}. */
    Launchers.@Nullable Registration registration;

    /**
     * No threads yet.
     *
     * @param launcher whose threads they are; stack dumps of those that wait for their ends name it
     */
    @SuppressWarnings("this-escape") // nobody waits before the constructor has returned
    public LiveThreads(Object launcher, int limit) {
        this.launcher = launcher;
        this.limit = limit;
        this.ends = new Ends(launcher, this);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
            stripes[i].share = share(limit, i);
        }
    }

    /** The part of a number that falls to a stripe when all get the same, but for what does not divide. */
    private static int share(int number, int stripe) {
        return number / STRIPES + (stripe < number % STRIPES ? 1 : 0);
    }

    /**
     * Expects a thread that a factory has made; false if as many as the limit are live. The thread counts from the time
     * when somebody has started it.
     */
    public boolean expect(LiveThread thread) {
        for (Reference<?> gone; (gone = neverStarted.poll()) != null; ) {
            forget((Made) gone);
        }
        if (count() >= limit) {
            return false;
        }
        Made made = new Made(thread, neverStarted);
        thread.madeAs(made);
        Stripe stripe = stripe(made.threadId);
        expected.incrementAndGet();
        stripe.lock();
        try {
            stripe.link(made);
        } finally {
            stripe.unlock();
        }
        return true;
    }

    private void forget(Made made) {
        Stripe stripe = stripe(made.threadId);
        stripe.lock();
        try {
            stripe.unlink(made);
        } finally {
            stripe.unlock();
        }
        expected.decrementAndGet();
    }

    /**
     * A thread that was {@linkplain #expect expected} runs; called by the thread itself. Adds it, whatever the limit.
     */
    public void begin(LiveThread thread) {
        Made made = Objects.requireNonNull(thread.made());
        Stripe.lockAll(stripes);
        try {
            Stripe stripe = stripe(thread);
            stripe.unlink(made);
            stripe.link(thread);
            evenOut(Math.max(0, limit - size()));
        } finally {
            unlockAll();
        }
        expected.decrementAndGet();
    }

    /** Takes out the threads whose start has failed. */
    private void dropAbandoned() {
        abandoned = false; // before the look: one that comes meanwhile sets it again
        Stripe.lockAll(stripes);
        try {
            for (Stripe stripe : stripes) {
                stripe.dropAbandoned();
            }
        } finally {
            unlockAll();
        }
        ends.tell();
    }

    Object launcher() {
        return launcher;
    }

    /** The hooks of detectors that the launcher calls. */
    public Hooks hooks() {
        return hooks;
    }

    /** Adds a thread; false if as many as the limit are live. */
    public boolean add(LiveThread thread) {
        Stripe stripe = stripe(thread);
        if (expected.get() > 0) { // each of them may have been started
            return addAfterEvening(stripe, thread);
        }
        stripe.lock();
        try {
            if (stripe.size < stripe.share) {
                stripe.link(thread);
                return true;
            }
        } finally {
            stripe.unlock();
        }
        return addAfterEvening(stripe, thread);
    }

    private boolean addAfterEvening(Stripe stripe, LiveThread thread) {
        if (abandoned) {
            dropAbandoned();
        }
        Stripe.lockAll(stripes);
        try {
            int free = limit - size();
            if (free <= 0) {
                return false;
            }
            stripe.link(thread);
            evenOut(free - 1);
            return true;
        } finally {
            unlockAll();
        }
    }

    /** Distributes so many free places among the stripes, which are all locked. */
    private void evenOut(int free) {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i].share = stripes[i].size + share(free, i);
        }
    }

    private Stripe stripe(LiveEntry entry) {
        return stripe(entry.threadId());
    }

    private Stripe stripe(long threadId) {
        return stripes[(int) threadId & (STRIPES - 1)];
    }

    /**
     * Removes a thread whose task has ended, or its stand-in, and wakes those who wait for that. Does nothing when it
     * is not there.
     */
    public void remove(LiveThread thread) {
        Stripe stripe = stripe(thread);
        stripe.lock();
        try {
            StandIn standIn = thread.standIn;
            if (standIn == null) {
                stripe.unlink(thread);
            } else {
                standIn.threadEnded();
                thread.standIn = null;
                stripe.unlink(standIn);
            }
        } finally {
            stripe.unlock();
        }
        ends.tell();
    }

    /** Puts a stand-in in the place of a live thread; false if the thread is not there any more. */
    public boolean replace(LiveThread thread, StandIn standIn) {
        Stripe stripe = stripe(thread);
        stripe.lock();
        try {
            if (!thread.linked) {
                return false;
            }
            stripe.unlink(thread);
            stripe.link(standIn);
            thread.standIn = standIn;
            return true;
        } finally {
            stripe.unlock();
        }
    }

    /** Puts a thread back in the place of its stand-in. Does nothing when the stand-in is not there any more. */
    public void putBack(StandIn standIn, LiveThread thread) {
        Stripe stripe = stripe(standIn);
        stripe.lock();
        try {
            if (standIn.linked) {
                stripe.unlink(standIn);
                thread.standIn = null;
                stripe.link(thread);
            }
        } finally {
            stripe.unlock();
        }
        Launchers.repair(this);
    }

    /**
     * The records of the live virtual threads. For a probe that is in a class loader of its own.
     *
     * @return for each thread its record, which {@link #thread} tells the thread of, and whether no set of the JDK
     *     holds the thread
     */
    public Map<Object, Boolean> virtualThreads() {
        Map<Object, Boolean> threads = new IdentityHashMap<>();
        for (LiveThread each : snapshot(LiveThread.class)) {
            if (each.thread().isVirtual()) {
                threads.put(each, each.isStartedByHook());
            }
        }
        return threads;
    }

    /** The thread of a record. For a probe that is in a class loader of its own. */
    public static Thread thread(Object record) {
        return ((LiveThread) record).thread();
    }

    /**
     * Holds a thread weakly until it is {@linkplain #takeBack taken back}. For a probe that is in a class loader of its
     * own.
     *
     * @param record one of those that {@link #virtualThreads} returns
     * @return what stands for the thread meanwhile and does not hold it, or null if the thread is not in the list
     */
    public @Nullable Object letGo(Object record) {
        LiveThread thread = (LiveThread) record;
        WeakStandIn standIn = new WeakStandIn(thread);
        return replace(thread, standIn) ? standIn : null;
    }

    /**
     * Holds a thread again, unless it has ended. For a probe that is in a class loader of its own.
     *
     * @param record its record, or null for the one that the stand-in still knows
     */
    public void takeBack(Object standIn, @Nullable Object record) {
        StandIn in = (StandIn) standIn;
        LiveThread thread = record == null ? in.listed() : (LiveThread) record;
        if (thread != null) {
            putBack(in, thread);
        }
    }

    /** Removes a stand-in whose thread will never end and never come back, and wakes those who wait for an end. */
    public void drop(StandIn standIn) {
        Stripe stripe = stripe(standIn);
        stripe.lock();
        try {
            stripe.unlink(standIn);
        } finally {
            stripe.unlock();
        }
        ends.tell();
    }

    /** How many threads live, stand-ins included. */
    public int count() {
        if (abandoned) {
            dropAbandoned();
        }
        Stripe.lockAll(stripes);
        try {
            return size();
        } finally {
            unlockAll();
        }
    }

    /** The live threads at one moment, in no order. */
    public <T> List<T> snapshot(Class<T> type) {
        if (abandoned) {
            dropAbandoned();
        }
        Stripe.lockAll(stripes);
        try {
            List<T> all = new ArrayList<>(size());
            for (Stripe stripe : stripes) {
                for (LiveEntry entry = stripe.first; entry != null; entry = entry.next) {
                    LiveThread thread = entry.listed();
                    if (thread != null) {
                        all.add(type.cast(thread));
                    }
                }
                for (Made made = stripe.firstMade; made != null; made = made.next) {
                    LiveThread thread = made.startedSilently();
                    if (thread != null) {
                        all.add(type.cast(thread));
                    }
                }
            }
            return all;
        } finally {
            unlockAll();
        }
    }

    /** Whether a thread is one of the live ones that have begun. */
    public boolean isLive(Thread thread) {
        Stripe stripe = stripe(thread.threadId());
        stripe.lock();
        try {
            for (LiveEntry entry = stripe.first; entry != null; entry = entry.next) {
                if (entry.threadId() == thread.threadId()) {
                    return true;
                }
            }
            return false;
        } finally {
            stripe.unlock();
        }
    }

    /**
     * Waits until at most {@code count} threads are left.
     *
     * @return whether that came about in time
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean await(int count, Duration timeout) throws InterruptedException {
        return ends.await(count, timeout);
    }

    private int size() {
        int sum = 0;
        for (Stripe stripe : stripes) {
            sum += stripe.size + stripe.startedSilently();
        }
        return sum;
    }

    private void unlockAll() {
        for (Stripe stripe : stripes) {
            stripe.unlock();
        }
    }
}
