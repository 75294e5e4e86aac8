package org.leaklab.bench.memory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The VM's histogram of live objects, as {@code jcmd GC.class_histogram} prints it. */
final class HeapHistogram {

    private static final Pattern TOTAL = Pattern.compile("^Total\\s+(\\d+)\\s+(\\d+)", Pattern.MULTILINE);

    private HeapHistogram() {}

    /** The bytes of all objects. */
    static long bytes(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("the histogram of live objects has no total");
        }
        return Long.parseLong(total.group(2));
    }
}
