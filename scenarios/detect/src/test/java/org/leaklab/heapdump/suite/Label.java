package org.leaklab.heapdump.suite;

import java.util.Locale;

/** What the detector must say of a thread. */
enum Label {
    /** Must not be reported: something alive can wake it, or it wakes by itself, or nothing can be known. */
    HEALTHY,
    /** Nothing alive can wake it, but something alive holds the thread, or one that would go on to wake it. */
    UNLESS_INTERRUPTED,
    /** Nothing alive can reach what it waits for, nor the thread. */
    CERTAIN;

    /** As the detector's JSON says it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Label of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
