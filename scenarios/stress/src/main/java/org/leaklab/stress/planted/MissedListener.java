package org.leaklab.stress.planted;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A context that looks whether it is cancelled, and then registers. */
@JCStressTest
@State
@Outcome(id = "1", expect = ACCEPTABLE, desc = "told once")
@Outcome(expect = FORBIDDEN, desc = "never told, or told twice")
public class MissedListener {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger told = new AtomicInteger();
    private volatile boolean cancelled;

    @Actor
    public void canceller() {
        cancelled = true;
        listeners.forEach(Runnable::run);
    }

    @Actor
    public void listener() {
        if (cancelled) {
            told.incrementAndGet();
        } else {
            listeners.add(told::incrementAndGet);
        }
    }

    @Arbiter
    public void told(I_Result r) {
        r.r1 = told.get();
    }
}
