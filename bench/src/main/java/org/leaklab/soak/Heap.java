package org.leaklab.soak;

import java.lang.management.ManagementFactory;

/** The live heap. */
final class Heap {

    private static final int COLLECTIONS = 3;

    private Heap() {}

    /** Live heap after collection, in bytes. */
    static long live() {
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
