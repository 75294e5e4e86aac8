package org.leaklab.stress.broken;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A place for one value whose receiver looks, then registers: a send in between hands its value to nobody. */
public final class ForgetfulPassage {

    private static final class Waiter {
        final Thread thread = Thread.currentThread();
        volatile int value;
    }

    private final AtomicInteger slot = new AtomicInteger();
    private volatile @Nullable Waiter waiter;

    public void send(int value) {
        Waiter waiting = waiter;
        if (waiting == null) {
            slot.set(value);
        } else {
            waiting.value = value;
            LockSupport.unpark(waiting.thread);
        }
    }

    public int receive() {
        int value = slot.getAndSet(0);
        if (value != 0) {
            return value;
        }
        Waiter me = new Waiter();
        waiter = me;
        while (me.value == 0) {
            LockSupport.park(this);
        }
        return me.value;
    }
}
