package org.leaklab.bench.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of this process at a moment, in bytes.
 *
 * @param heap live heap after collection
 * @param histogram live heap again, counted independently: the sum over the VM's histogram of live objects
 * @param threads what native memory tracking says of threads, stacks included; zeros where it is off
 * @param stacks what it says of their stacks
 * @param resident resident set size; 0 where the system does not tell (it is read from {@code /proc})
 */
record Footprint(long heap, long histogram, NativeMemory.Region threads, NativeMemory.Region stacks, long resident) {

    /** Collects, and looks. Takes from some tenths of a second to seconds. */
    static Footprint now() throws IOException {
        long heap = LiveHeap.bytes();
        String tracked = DiagnosticCommand.run("vmNativeMemory", "summary", "scale=b");
        return new Footprint(
                heap,
                HeapHistogram.bytes(DiagnosticCommand.run("gcClassHistogram")),
                NativeMemory.threads(tracked),
                NativeMemory.stacks(tracked),
                readResident());
    }

    /** What has come since an earlier moment. */
    Footprint since(Footprint before) {
        return new Footprint(
                heap - before.heap,
                histogram - before.histogram,
                threads.since(before.threads),
                stacks.since(before.stacks),
                resident - before.resident);
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
