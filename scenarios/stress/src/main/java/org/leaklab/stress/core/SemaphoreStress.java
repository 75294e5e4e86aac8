package org.leaklab.stress.core;

import static org.leaklab.stress.Attempt.BRIEF;
import static org.leaklab.stress.Attempt.PATIENCE;
import static org.leaklab.stress.Attempt.YES;
import static org.leaklab.stress.Attempt.ok;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.leaklab.core.Context;
import org.leaklab.core.Semaphore;
import org.leaklab.stress.Third;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A permit that is given back reaches whoever is next, also when the one before gives up.
 *
 * <p>{@code $ scripts/jcstress -t core.SemaphoreStress}
 */
public final class SemaphoreStress {

    private SemaphoreStress() {}

    /** Release races acquire. */
    @JCStressTest
    @State
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "the permit changed hands")
    @Outcome(expect = FORBIDDEN, desc = "a lost wake-up, a lost permit or one too many")
    public static class Handoff {
        private final Semaphore semaphore = new Semaphore(1);

        public Handoff() {
            semaphore.tryAcquire(1);
        }

        @Actor
        public void acquirer(III_Result r) {
            r.r1 = ok(() -> semaphore.tryAcquire(1, PATIENCE));
        }

        @Actor
        public void releaser() {
            semaphore.release();
        }

        @Arbiter
        public void left(III_Result r) {
            r.r2 = (int) semaphore.available();
            r.r3 = semaphore.waiting();
        }
    }

    /** Release races an acquire that gives up soon. */
    @JCStressTest
    @State
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "taken in time")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "given up: the permit is there for others")
    @Outcome(expect = FORBIDDEN, desc = "a lost permit or one too many, or a waiter left behind")
    public static class GivesUp {
        private final Semaphore semaphore = new Semaphore(1);

        public GivesUp() {
            semaphore.tryAcquire(1);
        }

        @Actor
        public void acquirer(III_Result r) {
            r.r1 = ok(() -> semaphore.tryAcquire(1, BRIEF));
        }

        @Actor
        public void releaser() {
            semaphore.release();
        }

        @Arbiter
        public void left(III_Result r) {
            r.r2 = (int) semaphore.available();
            r.r3 = semaphore.waiting();
        }
    }

    /** The first waiter wants more than there is and is cancelled; the second wants no more than there is. */
    @JCStressTest
    @State
    @Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "the second got through")
    @Outcome(expect = FORBIDDEN, desc = "nobody looked at those behind the one who left")
    public static class HeadGivesUp {
        private final Semaphore semaphore = new Semaphore(2);
        private final Context context = Context.background().withCancel();
        private final Third head;

        public HeadGivesUp() {
            semaphore.tryAcquire(1);
            head = new Third(() -> {
                semaphore.acquire(context, 2);
                return YES;
            });
        }

        @Actor
        public void second(III_Result r) {
            r.r1 = ok(() -> semaphore.tryAcquire(1, PATIENCE));
        }

        @Actor
        public void canceller() {
            context.cancel();
        }

        @Arbiter
        public void left(III_Result r) {
            r.r2 = head.result();
            r.r3 = (int) semaphore.available();
        }
    }

    /** Release races the cancellation of the only waiter. */
    @JCStressTest
    @State
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "the permits came first")
    @Outcome(id = "2, 2, 0", expect = ACCEPTABLE, desc = "the cancellation came first: all permits are there")
    @Outcome(expect = FORBIDDEN, desc = "a lost permit or one too many, or a waiter left behind")
    public static class ReleaseOrCancel {
        private final Semaphore semaphore = new Semaphore(2);
        private final Context context = Context.background().withCancel();
        private final Third waiter;

        public ReleaseOrCancel() {
            semaphore.tryAcquire(1);
            waiter = new Third(() -> {
                semaphore.acquire(context, 2);
                return YES;
            });
        }

        @Actor
        public void releaser() {
            semaphore.release();
        }

        @Actor
        public void canceller() {
            context.cancel();
        }

        @Arbiter
        public void left(III_Result r) {
            r.r1 = waiter.result();
            r.r2 = (int) semaphore.available();
            r.r3 = semaphore.waiting();
        }
    }

    /** Two try for the only permit. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one has it")
    @Outcome(expect = FORBIDDEN, desc = "both or neither")
    public static class OnePermit {
        private final Semaphore semaphore = new Semaphore(1);

        @Actor
        public void one(II_Result r) {
            r.r1 = ok(() -> semaphore.tryAcquire(1));
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = ok(() -> semaphore.tryAcquire(1));
        }
    }
}
