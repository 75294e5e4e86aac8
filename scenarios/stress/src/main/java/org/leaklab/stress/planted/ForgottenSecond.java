package org.leaklab.stress.planted;

import static org.leaklab.stress.Attempt.BRIEF;
import static org.leaklab.stress.Attempt.ok;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A semaphore whose first waiter leaves without a look at those behind it. */
@JCStressTest
@State
@Outcome(id = "1", expect = ACCEPTABLE, desc = "the second got through")
@Outcome(expect = FORBIDDEN, desc = "nobody looked at those behind the one who left")
public class ForgottenSecond {
    private static final long PATIENCE_MILLIS = 50;

    private final ForgetfulSemaphore semaphore = new ForgetfulSemaphore(1);

    /** Waiters are latches, each with what it wants. */
    private static final class ForgetfulSemaphore {
        private record Waiter(int permits, CountDownLatch turn) {}

        private int available;
        private final Queue<Waiter> waiters = new ArrayDeque<>();

        ForgetfulSemaphore(int available) {
            this.available = available;
        }

        boolean tryAcquire(int permits, long nanos) throws InterruptedException {
            Waiter waiter = new Waiter(permits, new CountDownLatch(1));
            synchronized (this) {
                if (waiters.isEmpty() && available >= permits) {
                    available -= permits;
                    return true;
                }
                waiters.add(waiter);
            }
            if (waiter.turn.await(nanos, TimeUnit.NANOSECONDS)) {
                return true;
            }
            synchronized (this) {
                waiters.remove(waiter); // and the next one may be served now, but is not
                return waiter.turn.getCount() == 0;
            }
        }
    }

    @Actor
    public void head() {
        ok(() -> semaphore.tryAcquire(2, BRIEF.toNanos()));
    }

    @Actor
    public void second(I_Result r) {
        r.r1 = ok(() -> semaphore.tryAcquire(1, TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)));
    }
}
