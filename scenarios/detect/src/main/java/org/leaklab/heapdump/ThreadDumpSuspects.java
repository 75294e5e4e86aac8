package org.leaklab.heapdump;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.leaklab.heapdump.Findings.Reason;
import org.leaklab.heapdump.Findings.SuspectThread;
import org.leaklab.heapdump.locks.Carriers;
import org.leaklab.heapdump.locks.SeenThread;
import org.leaklab.heapdump.locks.SeenThreads;
import org.leaklab.heapdump.locks.SeenWait;
import org.leaklab.heapdump.locks.Standstill;

/** Finds the threads of a thread dump that may be stuck, though the dump does not prove it. */
final class ThreadDumpSuspects {

    private final SeenThreads seen;
    private final Standstill standstill;
    private final Map<Long, SuspectThread> suspects = new LinkedHashMap<>();

    ThreadDumpSuspects(SeenThreads seen, Standstill standstill) {
        this.seen = seen;
        this.standstill = standstill;
    }

    /** Returns each thread once, with the first reason. */
    List<SuspectThread> find() {
        if (!seen.atOneMoment()) {
            circles();
        }
        initializers();
        carriers();
        return List.copyOf(suspects.values());
    }

    private void circles() {
        for (SeenThread thread : standstill.stuck()) {
            SeenThread owner = standstill.owner(thread);
            if (owner != null) {
                add(
                        thread,
                        Reason.DEADLOCK,
                        "it wants " + thread.doing().wanted() + ", which " + owner.quoted()
                                + " has, who waits as well. They were not seen at one moment: threads that take"
                                + " locks in opposite orders can look so and pass.");
            }
        }
    }

    /**
     * A thread that initializes a class begins with the superclass, and until that is done, its stack does not show
     * which class it initializes.
     */
    private void initializers() {
        Map<Long, List<SeenThread>> waiting = waitingForClasses();
        for (SeenThread thread : seen.threads()) {
            if (thread.doing() instanceof SeenWait.OwnerUnseen unseen && unseen.initializes()) {
                List<SeenThread> behind = waiting.getOrDefault(thread.id(), List.of());
                for (SeenThread other : behind) {
                    add(
                            other,
                            Reason.DEADLOCK,
                            "it wants " + other.doing().wanted() + ", which " + thread.quoted()
                                    + " runs; that thread wants " + unseen.wants()
                                    + ". If the first one has begun this as a subclass, both wait for ever; the dump does"
                                    + " not show that.");
                }
                if (!behind.isEmpty()) {
                    add(
                            thread,
                            Reason.DEADLOCK,
                            "it wants " + unseen.wants() + ", and no stack shows who runs that. "
                                    + behind.getFirst().quoted() + " waits for a class that this thread initializes: if"
                                    + " that is a superclass, both wait for ever; the dump does not show that.");
                }
            }
        }
    }

    /** Returns those that wait for a class, by the thread that initializes it. */
    private Map<Long, List<SeenThread>> waitingForClasses() {
        Map<Long, List<SeenThread>> waiting = new HashMap<>();
        for (SeenThread thread : seen.threads()) {
            if (thread.doing() instanceof SeenWait.Owned owned && owned.initializes()) {
                waiting.computeIfAbsent(owned.owner(), ignored -> new ArrayList<>())
                        .add(thread);
            }
        }
        return waiting;
    }

    private void carriers() {
        List<SeenThread> mounted = Carriers.taken(seen);
        for (SeenThread thread : mounted) {
            if (!seen.atOneMoment() || !standstill.isStuck(thread)) { // what is proven is no suspicion
                add(
                        thread,
                        Reason.NO_CARRIER,
                        "all " + mounted.size()
                                + " carriers in this dump have a virtual thread mounted that waits without"
                                + " a limit, as this one does. If the scheduler may have more carriers, other virtual threads"
                                + " still run.");
            }
        }
    }

    private void add(SeenThread thread, Reason reason, String because) {
        suspects.putIfAbsent(
                thread.id(),
                new SuspectThread(thread.id(), thread.name(), thread.virtual(), reason, because, thread.stack()));
    }
}
