package org.leaklab.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.leaklab.heapdump.HeapDump.Progress;

/** Prints every other second how far the reading of a heap dump is; nothing when it takes less than two seconds. */
final class ProgressLine implements Progress {

    private static final long BETWEEN_NANOS = 2_000_000_000L;

    private final PrintWriter err;
    private long next = System.nanoTime() + BETWEEN_NANOS;

    ProgressLine(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void at(String doing, long done, long all) {
        long now = System.nanoTime();
        if (now - next < 0) {
            return;
        }
        next = now + BETWEEN_NANOS;
        err.println("detect: " + doing
                + (all > 0
                        ? String.format(Locale.ROOT, ", %d %%", 100 * done / all)
                        : String.format(Locale.ROOT, ", %,d MB", done >> 20)));
        err.flush();
    }
}
