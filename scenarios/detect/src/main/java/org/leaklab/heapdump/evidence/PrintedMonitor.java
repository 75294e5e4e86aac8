package org.leaklab.heapdump.evidence;

import org.jspecify.annotations.Nullable;

/**
 * What a thread print says of an object at a frame.
 *
 * @param kind what the thread does with the object
 * @param address the object, by its address; 0 if the print does not know it
 * @param type the class of the object, or null if the print does not know it; for {@link Kind#CLASS_INITIALIZATION} the
 *     class that is being initialized
 */
public record PrintedMonitor(
        Kind kind, long address, @Nullable String type) {

    /** What a thread does with an object. */
    public enum Kind {
        /** It wants to enter the monitor. */
        WAITING_TO_LOCK,
        /** It is in {@code Object.wait}, and has given up the monitor. */
        WAITING_ON,
        /** It is at the end of {@code Object.wait}, and wants to enter the monitor again. */
        WAITING_TO_RELOCK,
        /** It has entered the monitor at this frame. It may have given it up since, by {@code Object.wait}. */
        LOCKED,
        /** It is parked, and this is what it named as the blocker. */
        PARKING,
        /** The compiler left out the lock: nobody else can wait for it. */
        ELIMINATED,
        /** It waits until another thread has initialized the class. */
        CLASS_INITIALIZATION
    }
}
