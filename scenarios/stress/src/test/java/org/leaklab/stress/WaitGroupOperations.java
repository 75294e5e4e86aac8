package org.leaklab.stress;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.leaklab.core.WaitGroup;

/** What can be done to a wait group. */
@Param(name = "delta", gen = IntGen.class, conf = "1:2")
public class WaitGroupOperations {

    private final WaitGroup group = new WaitGroup();

    @Operation
    public int add(@Param(name = "delta") int delta) {
        return Attempt.done(() -> group.add(delta));
    }

    @Operation
    public int done() {
        try {
            group.done();
            return Attempt.YES;
        } catch (IllegalStateException e) {
            return Attempt.REFUSED;
        }
    }

    @Operation
    public int await() {
        return Attempt.ok(() -> group.await(Duration.ZERO));
    }

    @Operation
    public int count() {
        return group.count();
    }

    /** The same, for one thread. */
    public static class Specification {
        private int count;

        public int add(int delta) {
            count += delta;
            return Attempt.YES;
        }

        public int done() {
            if (count == 0) {
                return Attempt.REFUSED;
            }
            count--;
            return Attempt.YES;
        }

        public int await() {
            return count == 0 ? Attempt.YES : Attempt.NO;
        }

        public int count() {
            return count;
        }
    }
}
