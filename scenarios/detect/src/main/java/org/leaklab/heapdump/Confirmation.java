package org.leaklab.heapdump;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.Judgement;

/**
 * Which leaked threads were looked at again and had not gone on.
 *
 * @param live whether there was a process to look at
 * @param confirmed their identifiers
 * @param notes what is to be said of it
 */
record Confirmation(boolean live, Set<Long> confirmed, List<String> notes) {

    // In place of the way to an object that nothing was seen to hold: why that is not certain all the same.

    private static final String IN_FLIGHT = "perhaps a running thread, out of sight of the dump: it is not confirmed";

    private static final String WITHOUT_CLASS_FILES =
            "perhaps a thread whose class files are not at hand, so that it is not seen what its code uses";

    private static final String GARBAGE = "perhaps something out of sight: the dump holds garbage";

    /** All that can stand there. */
    static final Set<String> RESERVATIONS = Set.of(IN_FLIGHT, WITHOUT_CLASS_FILES, GARBAGE);

    /** Of a file, whose process is not there. */
    static final Confirmation NONE = new Confirmation(false, Set.of(), List.of());

    boolean of(DumpThread thread) {
        return thread.id() > 0 && confirmed.contains(thread.id());
    }

    /**
     * What may hold the thing that a leaked thread waits on though nothing is seen to, or null if it is certain that
     * nothing does. Nothing else ends a wait for owners, up to one that has ended or to a circle.
     */
    @Nullable
    String reservation(DumpThread thread, Judgement judgement) {
        if (judgement.holdsGarbage()) {
            return GARBAGE;
        }
        if (waitsForOwnersOnly(thread, judgement)) {
            return null;
        }
        if (live && !of(thread) && judgement.hadInFlight()) {
            return IN_FLIGHT;
        }
        return judgement.hadUnreadable() ? WITHOUT_CLASS_FILES : null;
    }

    private static boolean waitsForOwnersOnly(DumpThread thread, Judgement judgement) {
        if (!judgement.of(thread).waitsForOwner()) {
            return false;
        }
        Set<DumpThread> seen = new HashSet<>();
        @Nullable DumpThread at = thread;
        while (at != null && seen.add(at)) {
            if (!judgement.of(at).waitsForOwner()) {
                return false;
            }
            at = judgement.of(at).owner();
        }
        return true;
    }
}
