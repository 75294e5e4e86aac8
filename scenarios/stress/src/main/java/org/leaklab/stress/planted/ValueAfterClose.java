package org.leaklab.stress.planted;

import static org.leaklab.stress.Attempt.REFUSED;
import static org.leaklab.stress.Attempt.YES;
import static org.leaklab.stress.Attempt.value;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A channel whose send looks for a close, and then puts its value in. */
@JCStressTest
@State
@Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "sent first: the value can be received")
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "closed first: the sender is told, and there is no value")
@Outcome(expect = FORBIDDEN, desc = "both or neither")
public class ValueAfterClose {
    private final Queue<Integer> buffer = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private int drained;

    @Actor
    public void sender(II_Result r) {
        if (closed) {
            r.r1 = REFUSED;
        } else {
            buffer.add(7);
            r.r1 = YES;
        }
    }

    @Actor
    public void closer() {
        closed = true;
        drained = value(buffer::poll); // what comes later, nobody receives
    }

    @Arbiter
    public void received(II_Result r) {
        r.r2 = drained;
    }
}
