package org.leaklab.core.wait;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock that is held for a few dozen instructions, during which nothing waits and no foreign code is called, so a
 * virtual thread is never unmounted while it holds it.
 *
 * <p>A thread that finds it taken spins a little, because it will be free in a moment. If it is not, the holder's
 * processor was taken away, and then the thread gives up its own for a while: a platform thread by yielding, a virtual
 * one by parking with a timeout and never by yielding, which may run it again and again while the holder does not run.
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
        int spins = 0;
        long nap = FIRST_NAP_NANOS;
        while (held != 0 || !HELD.compareAndSet(this, 0, 1)) {
            if (spins < SPINS) {
                spins++;
                Thread.onSpinWait();
            } else if (Thread.currentThread().isVirtual()) {
                LockSupport.parkNanos(nap);
                nap = Math.min(2 * nap, LONGEST_NAP_NANOS);
            } else {
                Thread.yield();
            }
        }
    }

    /** Gives the lock back. */
    protected final void leave() {
        HELD.setRelease(this, 0);
    }

    /**
     * Gives the lock back without a call. A thread whose stack is nearly full, and who could take the lock, can
     * therefore give it back too. It costs a full fence.
     */
    protected final void leaveOnFullStack() {
        held = 0;
    }
}
