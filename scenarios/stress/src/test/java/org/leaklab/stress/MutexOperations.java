package org.leaklab.stress;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.leaklab.core.Mutex;

/** What can be done to a mutex; the thread is named for the specification, which runs on one only. */
@Param(name = "thread", gen = ThreadIdGen.class)
public class MutexOperations {

    private final Mutex mutex = new Mutex();

    @Operation
    public int tryLock(@Param(name = "thread") int thread) {
        return Attempt.ok(mutex::tryLock);
    }

    @Operation
    public int lock(@Param(name = "thread") int thread) {
        return Attempt.ok(() -> mutex.tryLock(Duration.ZERO));
    }

    @Operation
    public int unlock(@Param(name = "thread") int thread) {
        try {
            mutex.unlock();
            return Attempt.YES;
        } catch (IllegalMonitorStateException e) {
            return Attempt.REFUSED;
        }
    }

    @Operation
    public boolean isFree() {
        return mutex.owner() == null;
    }

    /** The same, for one thread. */
    public static class Specification {
        private static final int NOBODY = -1;

        private int owner = NOBODY;

        public int tryLock(int thread) {
            if (owner != NOBODY) {
                return Attempt.NO;
            }
            owner = thread;
            return Attempt.YES;
        }

        public int lock(int thread) {
            return tryLock(thread);
        }

        public int unlock(int thread) {
            if (owner != thread) {
                return Attempt.REFUSED;
            }
            owner = NOBODY;
            return Attempt.YES;
        }

        public boolean isFree() {
            return owner == NOBODY;
        }
    }
}
