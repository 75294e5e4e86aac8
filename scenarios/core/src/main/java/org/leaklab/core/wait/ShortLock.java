package org.leaklab.core.wait;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock that is held for a few dozen instructions, during which nothing waits and no foreign code is called.
 *
 * <p>A thread that finds it taken spins a little, because it will be free in a moment. If it is not, the holder's
 * processor was taken away, and then the thread gives up its own for a while: a platform thread by yielding, a virtual
 * one by parking with a timeout and never by yielding, which may run it again and again while the holder does not run.
 * An interrupt would end every park at once, so it is put off until the thread has the lock.
 *
 * <p>Invariant: who holds a lock waits for nothing, not for another such lock either, so a virtual thread is never
 * unmounted while it holds one. A holder that is unmounted needs a carrier to go on; if threads that cannot be
 * unmounted waited for it on all carriers, it would never get one. Hence {@link #enterAll} for several locks at once.
 *
 * <p>One thing takes a lock for good: a stack that overflows at the very call of {@link #leave}. The JDK keeps some
 * stack back for its own locks (JEP 270), which only its own classes can ask for.
 *
 * <p>Memory: taking the lock is a volatile compare-and-set, giving it back a release write, so what one holder wrote
 * the next one sees.
 */
public abstract class ShortLock {

    private static final int SPINS = 200;
    private static final long FIRST_NAP_NANOS = 1_000;
    private static final long LONGEST_NAP_NANOS = 100_000;
    private static final VarHandle HELD;

    static {
        try {
            HELD = MethodHandles.lookup().findVarHandle(ShortLock.class, "held", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through HELD
    private volatile int held;

    /** Takes the lock. Neither interruptible nor reentrant. */
    protected final void enter() {
        if (!HELD.compareAndSet(this, 0, 1)) {
            enterContended();
        }
    }

    private void enterContended() {
        if (enterSoon()) {
            return;
        }
        boolean virtual = Thread.currentThread().isVirtual();
        boolean interrupted = false;
        long nap = FIRST_NAP_NANOS;
        do {
            if (virtual) {
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(nap);
                nap = Math.min(2 * nap, LONGEST_NAP_NANOS);
            } else {
                Thread.yield();
            }
        } while (held != 0 || !HELD.compareAndSet(this, 0, 1));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the lock if that needs no more than to spin. */
    private boolean enterSoon() {
        for (int spin = 0; spin < SPINS; spin++) {
            if (held == 0 && HELD.compareAndSet(this, 0, 1)) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /**
     * Takes several locks, each of which stands there once. Neither interruptible nor reentrant. If the stack
     * overflows, none is taken.
     *
     * <p>Waits for one of them while it holds none, and then takes the others only if that needs no wait. If one of
     * them does, it gives all back and waits for that one first. This is how C++'s {@code std::lock} does it; Howard
     * Hinnant, <i>Dining Philosophers Rebooted</i>, compares it with other ways.
     */
    protected static void enterAll(ShortLock[] locks) {
        int one = 0;
        while (one < locks.length) {
            one = waitForOne(locks, one);
        }
    }

    /** Waits for one lock, then tries the others. The index of the one that is to be waited for; too high if none. */
    private static int waitForOne(ShortLock[] locks, int one) {
        int next = 0;
        locks[one].enter();
        try {
            while (next < locks.length && (next == one || locks[next].enterSoon())) {
                next++;
            }
            return next;
        } finally {
            if (next < locks.length) {
                for (int taken = 0; taken < next; taken++) {
                    locks[taken].held = 0;
                }
                if (one > next) {
                    locks[one].held = 0;
                }
            }
        }
    }

    /** Gives the lock back, also if the stack has room for this call but not for one below it. */
    protected final void leave() {
        try {
            HELD.setRelease(this, 0);
        } catch (StackOverflowError e) { // a call deeper than this one: a plain write needs none
            held = 0;
        }
    }
}
