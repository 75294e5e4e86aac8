package org.leaklab.bench.overhead;

import java.util.function.BooleanSupplier;

/** Something that is attached to a launcher. */
interface Attached extends AutoCloseable {

    /** Nothing, which is always at its work. */
    Attached NOTHING = of(() -> true, () -> {});

    /** Whether it has gone about its work since it was attached; a figure of one that has not says nothing. */
    boolean isAtWork();

    /** Detaches it, and leaves nothing behind. */
    @Override
    void close() throws Exception;

    /** What is attached already. */
    static Attached of(BooleanSupplier atWork, AutoCloseable detach) {
        return new Attached() {
            @Override
            public boolean isAtWork() {
                return atWork.getAsBoolean();
            }

            @Override
            public void close() throws Exception {
                detach.close();
            }
        };
    }
}
