package org.leaklab.heapdump.judge;

import org.jspecify.annotations.Nullable;

/** What a suspended thread waits for, and so who could end that wait. */
sealed interface Wait {

    /** The object that the thread waits on, or -1. */
    int shown();

    /** Whether an interrupt of the thread ends this wait. */
    boolean endsByInterrupt();

    /**
     * Whoever reaches one of some objects can end it.
     *
     * @param objects the objects, at least one
     * @param byHandle whether whoever holds the thread may end it as well: it parks in code that nobody here knows
     */
    record Reached(int shown, int[] objects, boolean byHandle) implements Wait {

        @Override
        public boolean endsByInterrupt() {
            return true;
        }
    }

    /**
     * Only one thread can end it, by going on: the owner of a lock or monitor, the initializer of a class, the thread
     * whose end is waited for. Where it must give up a lock, it must also reach that lock.
     *
     * @param lock what the owner must reach, or -1
     * @param owner that thread, or null if it has ended without giving up what it had
     * @param initializes whether the owner initializes the class that is {@code shown}
     */
    record Owned(int shown, int lock, @Nullable DumpThread owner, boolean endsByInterrupt, boolean initializes)
            implements Wait {

        Owned(int shown, int lock, @Nullable DumpThread owner, boolean endsByInterrupt) {
            this(shown, lock, owner, endsByInterrupt, false);
        }

        /** The wait until a thread has initialized a class, which nothing else ends. */
        static Owned initialized(int type, DumpThread owner) {
            return new Owned(type, -1, owner, false, true);
        }
    }

    /**
     * The owner of a monitor ends it, and the dump does not say which of some objects is the monitor, nor who owns it.
     *
     * @param monitors the objects, at least one
     */
    record Entering(int[] monitors) implements Wait {

        @Override
        public int shown() {
            return monitors[monitors.length - 1];
        }

        /** Nothing but the monitor ends it. */
        @Override
        public boolean endsByInterrupt() {
            return false;
        }
    }

    /** It keeps the process alive, as {@code main} does that waits in its own code for nothing that would come. */
    record OnPurpose(int shown) implements Wait {

        @Override
        public boolean endsByInterrupt() {
            return true;
        }
    }
}
