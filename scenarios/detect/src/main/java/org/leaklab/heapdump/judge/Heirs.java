package org.leaklab.heapdump.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which threads wait for what a thread has, and so go on when that thread does.
 *
 * <p>Of a lock the owner is known, and of some monitors. Of others it is one of those that may have entered them. A
 * thread that waits for such a monitor is stuck as long as all are stuck that may own what it may want, each of those
 * objects surely has an owner, and nobody goes on who may own it unseen. That owner must be stuck whatever becomes of
 * those that wait for monitors, or wait for one itself. A thread that merely may be the owner proves nothing: a monitor
 * that was just left belongs to nobody for a moment, and everybody who wants it is about to go on.
 */
final class Heirs {

    /** Hears who goes on. */
    interface Visitor {

        /** It goes on, as surely as the owner does. */
        void surely(DumpThread heir);

        /** It goes on if the owner reaches what it has. */
        void ifReached(DumpThread heir, int lock, DumpThread owner);

        /** It may go on. */
        void perhaps(DumpThread heir, String why);
    }

    private static final String NOBODY = "nobody is seen to own the monitor that it is blocked on";
    private static final String NOT_SURE =
            "a stuck thread may own the monitor that it is blocked on, and no class file says so (--class-path)";
    private static final String UNSEEN = "somebody may own the monitor that it is blocked on and not show it";

    private final ThreadWaits waits;
    private final Map<DumpThread, @Nullable DumpThread> keepers = new HashMap<>();
    private final Map<DumpThread, List<DumpThread>> sure = new HashMap<>();
    private final Map<DumpThread, List<DumpThread>> unseen = new HashMap<>();
    private final Map<DumpThread, String> ownerless = new LinkedHashMap<>();

    /**
     * Of all candidates.
     *
     * @param grounded those that are stuck whatever becomes of those that wait for monitors
     */
    Heirs(ThreadWaits waits, Owners owners, Set<DumpThread> grounded) {
        this.waits = waits;
        waits.candidates().forEach(thread -> {
            Wait wait = waits.of(thread).what();
            if (wait instanceof Wait.Owned owned && owned.owner() != null) {
                add(sure, owned.owner(), thread);
            } else if (wait instanceof Wait.Entering entering) {
                claim(thread, entering, owners, grounded);
            }
        });
    }

    private void claim(DumpThread thread, Wait.Entering entering, Owners owners, Set<DumpThread> grounded) {
        for (int monitor : entering.monitors()) {
            Set<DumpThread> holders = new LinkedHashSet<>(owners.holders(monitor));
            holders.remove(thread);
            DumpThread owner = owners.owner(monitor);
            DumpThread stuck = owner != null && owner != thread && (grounded.contains(owner) || isStuckEntering(owner))
                    ? owner
                    : null;
            if (stuck == null
                    && holders.stream().allMatch(holder -> waits.of(holder).isCandidate())) {
                ownerless.put(thread, holders.isEmpty() ? NOBODY : NOT_SURE);
                return;
            }
            keepers.put(thread, stuck);
            holders.forEach(holder -> add(sure, holder, thread));
        }
        owners.mayOwnUnseen(entering.monitors()).forEach(other -> add(unseen, other, thread));
    }

    private boolean isStuckEntering(DumpThread thread) {
        return waits.of(thread).isCandidate() && waits.of(thread).what() instanceof Wait.Entering;
    }

    /** Of the threads that may own the monitor that one enters, one that is stuck itself; or null. */
    @Nullable
    DumpThread keeper(DumpThread thread) {
        return keepers.get(thread);
    }

    private static void add(Map<DumpThread, List<DumpThread>> map, DumpThread owner, DumpThread heir) {
        map.computeIfAbsent(owner, ignored -> new ArrayList<>()).add(heir);
    }

    /** Visits those that nobody is seen to keep from going on. */
    void withoutOwner(Visitor visitor) {
        ownerless.forEach(visitor::perhaps);
    }

    /** Visits those that go on, or may, because a thread does. */
    void of(DumpThread owner, Visitor visitor) {
        for (DumpThread heir : sure.getOrDefault(owner, List.of())) {
            if (waits.of(heir).what() instanceof Wait.Owned owned && owned.lock() >= 0) {
                visitor.ifReached(heir, owned.lock(), owner);
            } else {
                visitor.surely(heir);
            }
        }
        unseen.getOrDefault(owner, List.of()).forEach(heir -> visitor.perhaps(heir, UNSEEN));
    }
}
