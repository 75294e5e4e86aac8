package org.leaklab.stress.broken;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** A semaphore that looks and takes in two steps; for trying out whether Lincheck would notice. */
@Param(name = "permits", gen = IntGen.class, conf = "1:2")
public class TwoStepOperations {

    private final AtomicInteger available = new AtomicInteger(3);

    @Operation
    public int tryAcquire(@Param(name = "permits") int permits) {
        if (available.get() < permits) {
            return 0;
        }
        available.addAndGet(-permits);
        return 1;
    }

    @Operation
    public int acquire(@Param(name = "permits") int permits) {
        return tryAcquire(permits);
    }

    @Operation
    public long available() {
        return available.get();
    }
}
