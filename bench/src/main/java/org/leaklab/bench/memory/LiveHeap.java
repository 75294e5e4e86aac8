package org.leaklab.bench.memory;

import java.lang.management.ManagementFactory;

/** The live heap of this process. */
public final class LiveHeap {

    private static final int COLLECTIONS = 3;

    private LiveHeap() {}

    /** Bytes of it after some collections; takes from some tenths of a second to seconds. */
    public static long bytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) { // what one collection only makes collectable goes with the next
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
