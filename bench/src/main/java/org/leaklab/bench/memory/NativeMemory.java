package org.leaklab.bench.memory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the VM's native memory tracking says, from the text that {@code jcmd VM.native_memory summary scale=b} prints.
 * It counts stacks of platform threads under threads; those of virtual threads are in the heap.
 */
final class NativeMemory {

    private static final String AMOUNTS = "reserved=(\\d+)[^,]*, committed=(\\d+)";
    private static final Pattern THREADS = Pattern.compile("-\\s+Thread \\(" + AMOUNTS);
    private static final Pattern STACKS = Pattern.compile("\\(stack: " + AMOUNTS);

    private NativeMemory() {}

    /** Bytes of address space set aside, and bytes of it that memory stands behind. */
    record Region(long reserved, long committed) {
        Region since(Region before) {
            return new Region(reserved - before.reserved, committed - before.committed);
        }
    }

    static Region threads(String summary) {
        return region(THREADS, summary);
    }

    static Region stacks(String summary) {
        return region(STACKS, summary);
    }

    private static Region region(Pattern pattern, String summary) {
        Matcher found = pattern.matcher(summary);
        return found.find()
                ? new Region(Long.parseLong(found.group(1)), Long.parseLong(found.group(2)))
                : new Region(0, 0);
    }
}
