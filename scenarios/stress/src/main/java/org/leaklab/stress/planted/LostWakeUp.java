package org.leaklab.stress.planted;

import static org.leaklab.stress.Attempt.STUCK;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A channel whose receiver looks, then registers, then parks: a send in between wakes nobody. */
@JCStressTest
@State
@Outcome(id = "7", expect = ACCEPTABLE, desc = "the value passed")
@Outcome(expect = FORBIDDEN, desc = "a lost wake-up")
public class LostWakeUp {
    private static final long PATIENCE_NANOS = 50_000_000;

    private final AtomicInteger slot = new AtomicInteger();
    private volatile @Nullable Thread waiter;

    @Actor
    public void sender() {
        slot.set(7);
        LockSupport.unpark(waiter);
    }

    @Actor
    public void receiver(I_Result r) {
        if (slot.get() == 0) {
            waiter = Thread.currentThread();
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            LockSupport.parkNanos(this, PATIENCE_NANOS);
            if (System.nanoTime() - deadline >= 0) {
                r.r1 = STUCK;
                return;
            }
        }
        r.r1 = slot.getAndSet(0);
    }
}
