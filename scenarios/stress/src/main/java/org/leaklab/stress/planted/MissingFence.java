package org.leaklab.stress.planted;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A mutex after Peterson whose flags are written and read without a fence between. */
@JCStressTest
@State
@Outcome(
        id = {"1, 2", "2, 1"},
        expect = ACCEPTABLE,
        desc = "one after the other")
@Outcome(expect = FORBIDDEN, desc = "both at once")
public class MissingFence {
    private static final VarHandle FLAG = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] wants = new int[2];
    private final int[] turn = new int[1];
    private int plain;

    private int count(int me) {
        FLAG.setRelease(wants, me, 1);
        FLAG.setRelease(turn, 0, 1 - me); // VarHandle.fullFence() is missing after this line
        while ((int) FLAG.getAcquire(wants, 1 - me) == 1 && (int) FLAG.getAcquire(turn, 0) == 1 - me) {
            Thread.onSpinWait();
        }
        int counted = ++plain;
        FLAG.setRelease(wants, me, 0);
        return counted;
    }

    @Actor
    public void one(II_Result r) {
        r.r1 = count(0);
    }

    @Actor
    public void other(II_Result r) {
        r.r2 = count(1);
    }
}
