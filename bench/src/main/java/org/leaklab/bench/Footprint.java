package org.leaklab.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of this process now, in bytes.
 *
 * @param heap live heap after collection
 * @param resident resident set size; 0 where the system does not tell (it is read from {@code /proc})
 */
record Footprint(long heap, long resident) {

    private static final int COLLECTIONS = 3;

    static Footprint now() throws IOException {
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) { // what one collection only makes collectable goes with the next
            System.gc();
            heap = Math.min(
                    heap,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return new Footprint(heap, readResident());
    }

    private static long readResident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }
}
