package org.leaklab.stress.core;

import static org.leaklab.stress.Attempt.BRIEF;
import static org.leaklab.stress.Attempt.PATIENCE;
import static org.leaklab.stress.Attempt.STUCK;
import static org.leaklab.stress.Attempt.done;
import static org.leaklab.stress.Attempt.ok;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.leaklab.core.WaitGroup;
import org.leaklab.stress.Third;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The last one who is done wakes all who wait.
 *
 * <p>{@code $ scripts/jcstress -t core.WaitGroupStress}
 */
public final class WaitGroupStress {

    private WaitGroupStress() {}

    /** Done races await. */
    @JCStressTest
    @State
    @Outcome(id = "1, 5", expect = ACCEPTABLE, desc = "woken, and sees what was done")
    @Outcome(expect = FORBIDDEN, desc = "a lost wake-up, or woken too early")
    public static class DoneOrAwait {
        private final WaitGroup group = new WaitGroup();
        private int plain;

        public DoneOrAwait() {
            group.add(1);
        }

        @Actor
        public void worker() {
            plain = 5;
            group.done();
        }

        @Actor
        public void waiter(II_Result r) {
            r.r1 = ok(() -> group.await(PATIENCE));
            r.r2 = plain;
        }
    }

    /** Two are done at the same time. */
    @JCStressTest
    @State
    @Outcome(id = "11, 0, 0", expect = ACCEPTABLE, desc = "woken by the last, and sees what both did")
    @Outcome(expect = FORBIDDEN, desc = "a lost wake-up, a lost count, or woken too early")
    public static class TwoDones {
        private final WaitGroup group = new WaitGroup();
        private int one;
        private int other;
        private final Third waiter;

        public TwoDones() {
            group.add(2);
            waiter = new Third(() -> group.await(PATIENCE) ? 10 * one + other : STUCK);
        }

        @Actor
        public void one() {
            one = 1;
            group.done();
        }

        @Actor
        public void other() {
            other = 1;
            group.done();
        }

        @Arbiter
        public void woken(III_Result r) {
            r.r1 = waiter.result();
            r.r2 = group.count();
            r.r3 = group.waiting();
        }
    }

    /**
     * Done races an await that gives up soon; then the group is used again, which a wait still on its way would forbid.
     */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 1, 0", "0, 1, 0"},
            expect = ACCEPTABLE,
            desc = "woken in time or not, and ready for the next round")
    @Outcome(expect = FORBIDDEN, desc = "a waiter left behind")
    public static class GivesUp {
        private final WaitGroup group = new WaitGroup();

        public GivesUp() {
            group.add(1);
        }

        @Actor
        public void worker() {
            group.done();
        }

        @Actor
        public void waiter(III_Result r) {
            r.r1 = ok(() -> group.await(BRIEF));
        }

        @Arbiter
        public void again(III_Result r) {
            r.r2 = done(() -> group.add(1));
            r.r3 = group.waiting();
        }
    }
}
