package org.leaklab.heapdump.judge;

import org.jspecify.annotations.Nullable;

/** What was judged of a thread, with what decided it. Immutable; made once, when all is decided. */
public final class ThreadVerdict {

    private final ThreadWait waits;
    private final @Nullable DumpThread keeper;
    private final boolean isLeaked;
    private final @Nullable String doubt;
    private final int through;

    /**
     * Of one thread.
     *
     * @param keeper of the threads that may own the monitor that it enters, one that is stuck itself; or null
     */
    ThreadVerdict(DumpThread thread, ThreadWait waits, @Nullable DumpThread keeper, Fates fates) {
        this.waits = waits;
        this.keeper = keeper;
        this.isLeaked = fates.isStuck(thread);
        this.doubt = fates.doubt(thread);
        this.through = fates.through(thread);
    }

    /** Whether nobody can wake it. */
    public boolean isLeaked() {
        return isLeaked;
    }

    /** Why nothing can be said of it, or null. */
    public @Nullable String unknown() {
        return doubt == null ? waits.unknown() : doubt;
    }

    /**
     * Whether it waits without limit, as far as its own fields say. One that waits for a class initializer is among
     * them, though its {@linkplain DumpThread#state state} is runnable; see {@link #waitsForInitializer}.
     */
    public boolean isSuspended() {
        return waits.isSuspended();
    }

    /** The object that it waits on, or -1. */
    public int blocker() {
        return waits.blocker();
    }

    /** The objects of which whoever reaches one can end the wait; none if that is not so, or not known. */
    int[] reached() {
        return waits.what() instanceof Wait.Reached reached ? reached.objects().clone() : new int[0];
    }

    /** The thread that alone could end its wait; null if there is no such thread, or none is seen, or it has ended. */
    public @Nullable DumpThread owner() {
        return waits.what() instanceof Wait.Owned ? waits.owner() : keeper;
    }

    /** Whether it waits for what only one thread can give, whoever else reaches what it waits on. */
    public boolean waitsForOwner() {
        return waits.what() instanceof Wait.Owned || waits.what() instanceof Wait.Entering;
    }

    /** Whether it waits for the end of its {@linkplain #owner owner}. */
    public boolean waitsForEnd() {
        DumpThread owner = waits.owner();
        return owner != null && waits.blocker() == owner.object;
    }

    /**
     * Whether it waits until its {@linkplain #owner owner} has initialized a class. A virtual thread does so mounted,
     * if it is runnable, and then its carrier can do nothing else.
     */
    public boolean waitsForInitializer() {
        return waits.what() instanceof Wait.Owned owned && owned.initializes();
    }

    /** Whether it waits to keep the process alive. */
    public boolean waitsOnPurpose() {
        return waits.what() instanceof Wait.OnPurpose;
    }

    /** Whether an interrupt, its own or another thread's, could still end its wait. */
    public boolean canBeInterrupted() {
        return through >= 0;
    }

    /** What an interrupt could reach it through, or -1. */
    int through() {
        return through;
    }
}
