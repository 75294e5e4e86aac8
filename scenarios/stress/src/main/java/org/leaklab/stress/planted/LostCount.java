package org.leaklab.stress.planted;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A wait group that counts in a volatile field: two who are done at once count as one. */
@JCStressTest
@State
@Outcome(id = "0", expect = ACCEPTABLE, desc = "both are counted")
@Outcome(expect = FORBIDDEN, desc = "a lost count: whoever waits is never woken")
public class LostCount {
    private volatile int count = 2;

    @SuppressWarnings("NonAtomicVolatileUpdate") // the flaw
    private void done() {
        count--;
    }

    @Actor
    public void one() {
        done();
    }

    @Actor
    public void other() {
        done();
    }

    @Arbiter
    public void left(I_Result r) {
        r.r1 = count;
    }
}
