package org.leaklab.heapdump.judge;

import org.jspecify.annotations.Nullable;

/** Says which monitor a thread waits for and who owns it, as the JVM itself said it beside the dump. */
interface MonitorEvidence {

    /**
     * A monitor that a thread wants to enter, or has given up to wait for a notification.
     *
     * @param monitor the object, or -1 if it is not known; if there is an owner, perhaps another one of the same class
     * @param owner the thread that has entered it, or null if none is known
     */
    record Claim(int monitor, @Nullable DumpThread owner) {}

    /** What a thread waits for, or null if nothing is known. */
    @Nullable
    Claim claim(DumpThread thread);
}
