package org.leaklab.field;

import java.util.Locale;

/** What {@code detect} says of a stuck thread. */
public enum Answer {
    /** The thread is leaked because of a deadlock. */
    DEADLOCK,
    /** The thread is leaked, for any cause. */
    LEAKED,
    /** The thread is a suspect of this reason, or leaked. */
    POOL_STARVATION,
    /** The thread is leaked, a suspect, or waits for something, and the way to this is shown. */
    EXPLAINED,
    /** No thread of the program is leaked. */
    HEALTHY;

    /** Returns the word that tables have, such as {@code pool-starvation}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
