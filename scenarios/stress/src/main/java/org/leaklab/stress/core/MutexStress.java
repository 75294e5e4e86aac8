package org.leaklab.stress.core;

import static org.leaklab.stress.Attempt.BRIEF;
import static org.leaklab.stress.Attempt.NO;
import static org.leaklab.stress.Attempt.PATIENCE;
import static org.leaklab.stress.Attempt.STUCK;
import static org.leaklab.stress.Attempt.YES;
import static org.leaklab.stress.Attempt.ok;
import static org.leaklab.stress.Attempt.value;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.leaklab.core.Context;
import org.leaklab.core.Mutex;
import org.leaklab.stress.Third;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * One at a time, who sees all that the one before wrote.
 *
 * <p>{@code $ scripts/jcstress -t core.MutexStress}
 */
public final class MutexStress {

    private MutexStress() {}

    /** Both count in a plain field. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "one after the other")
    @Outcome(expect = FORBIDDEN, desc = "both at once, or one is stuck")
    public static class Exclusion {
        private final Mutex mutex = new Mutex();
        private int plain;

        private int count() throws InterruptedException {
            if (!mutex.tryLock(PATIENCE)) {
                return STUCK;
            }
            int counted = ++plain;
            mutex.unlock();
            return counted;
        }

        @Actor
        public void one(II_Result r) {
            r.r1 = value(this::count);
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = value(this::count);
        }
    }

    /** Both try. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one has it")
    @Outcome(expect = FORBIDDEN, desc = "both or neither")
    public static class TryLock {
        private final Mutex mutex = new Mutex();

        @Actor
        public void one(II_Result r) {
            r.r1 = ok(mutex::tryLock);
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = ok(mutex::tryLock);
        }
    }

    /** Unlock races a lock that gives up soon. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 1, 0", "0, 1, 0"},
            expect = ACCEPTABLE,
            desc = "locked in time or not, and free afterwards")
    @Outcome(expect = FORBIDDEN, desc = "handed to one who had left")
    public static class GivesUp {
        private final Mutex mutex = new Mutex();

        @Actor
        public void holder() {
            if (mutex.tryLock()) {
                mutex.unlock();
            }
        }

        @Actor
        public void waiter(III_Result r) {
            r.r1 = ok(() -> mutex.tryLock(BRIEF));
            if (r.r1 == YES) {
                mutex.unlock();
            }
        }

        @Arbiter
        public void left(III_Result r) {
            r.r2 = mutex.owner() == null ? YES : NO;
            r.r3 = mutex.waiting();
        }
    }

    /** Unlock races the cancellation of a waiter. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 1, 0", "2, 1, 0"},
            expect = ACCEPTABLE,
            desc = "locked or cancelled, and free afterwards")
    @Outcome(expect = FORBIDDEN, desc = "handed to one who had left, or one is stuck")
    public static class UnlockOrCancel {
        private final Mutex mutex = new Mutex();
        private final Context context = Context.background().withCancel();
        private final Third waiter = new Third(() -> {
            mutex.lock(context);
            mutex.unlock();
            return YES;
        });

        @Actor
        public void holder() {
            if (mutex.tryLock()) {
                mutex.unlock();
            }
        }

        @Actor
        public void canceller() {
            context.cancel();
        }

        @Arbiter
        public void left(III_Result r) {
            r.r1 = waiter.result();
            r.r2 = mutex.owner() == null ? YES : NO;
            r.r3 = mutex.waiting();
        }
    }
}
