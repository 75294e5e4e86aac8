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

    /** In place of the way to an object that nothing was seen to hold. */
    static final String IN_FLIGHT = "perhaps a running thread, out of sight of the dump: it is not confirmed";

    /** Of a file, whose process is not there. */
    static final Confirmation NONE = new Confirmation(false, Set.of(), List.of());

    boolean of(DumpThread thread) {
        return thread.id() > 0 && confirmed.contains(thread.id());
    }

    /**
     * Whether something could have been in flight that ends a wait. It could not where the wait is for owners only, up
     * to one that has ended or to a circle.
     */
    boolean doubts(DumpThread thread, Judgement judgement) {
        return live && !of(thread) && judgement.hadInFlight() && !waitsForOwnersOnly(thread);
    }

    private static boolean waitsForOwnersOnly(DumpThread thread) {
        Set<DumpThread> seen = new HashSet<>();
        @Nullable DumpThread at = thread;
        while (at != null && seen.add(at)) {
            if (!at.waitsForOwner()) {
                return false;
            }
            at = at.owner();
        }
        return true;
    }
}
