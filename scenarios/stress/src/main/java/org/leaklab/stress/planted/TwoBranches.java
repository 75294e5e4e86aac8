package org.leaklab.stress.planted;

import static org.leaklab.stress.Attempt.ok;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A select that is claimed in two steps: two senders may both believe that they were first. */
@JCStressTest
@State
@Outcome(
        id = {"1, 0, 1", "0, 1, 2"},
        expect = ACCEPTABLE,
        desc = "one is taken, the other is told")
@Outcome(expect = FORBIDDEN, desc = "both were taken: one value is lost")
public class TwoBranches {
    private volatile boolean claimed;
    private volatile int received;

    private boolean offer(int value) {
        if (claimed) {
            return false;
        }
        claimed = true; // not compareAndSet
        received = value;
        return true;
    }

    @Actor
    public void one(III_Result r) {
        r.r1 = ok(() -> offer(1));
    }

    @Actor
    public void other(III_Result r) {
        r.r2 = ok(() -> offer(2));
    }

    @Arbiter
    public void taken(III_Result r) {
        r.r3 = received;
    }
}
