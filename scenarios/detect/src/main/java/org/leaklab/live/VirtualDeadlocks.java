package org.leaklab.live;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.Reason;
import org.leaklab.heapdump.Findings.SuspectThread;
import org.leaklab.heapdump.evidence.JsonThreadDumps;
import org.leaklab.heapdump.locks.JsonReader;
import org.leaklab.heapdump.locks.SeenThread;
import org.leaklab.heapdump.locks.SeenThreads;
import org.leaklab.heapdump.locks.SeenWait;
import org.leaklab.heapdump.locks.Standstill;
import org.leaklab.heapdump.process.Commands;
import org.leaklab.heapdump.process.TheirFile;

/**
 * Deadlocks of which virtual threads are a part, of a running JVM from JDK 26 on, by two JSON thread dumps: a thread
 * print does not have virtual threads that are not mounted. The threads run on while the JVM writes, so a circle is a
 * suspicion, also when both dumps show it with the same stacks.
 */
final class VirtualDeadlocks {

    /** A dump of 100,000 parked threads has about 150 MB. */
    private static final int MOST = 20_000;

    private VirtualDeadlocks() {}

    /**
     * Looks for them.
     *
     * @param print what a thread print of the same JVM shows
     * @param feature the release of that JVM, such as 26
     * @param virtual how many virtual threads it has; above 20,000 they are not looked at
     * @param commands gives it commands
     * @param file where it can write
     * @throws IOException if the connection fails, or the JVM cannot write its threads
     */
    static SeenLocks beside(Findings print, int feature, long virtual, Commands commands, TheirFile file)
            throws IOException {
        if (virtual == 0) {
            return new SeenLocks(print, List.of(), null);
        }
        if (feature < JsonThreadDumps.SAFE) {
            return new SeenLocks(
                    print,
                    List.of(),
                    "Before JDK 26, deadlocks of virtual threads over locks that something reaches are not seen.");
        }
        if (virtual > MOST) {
            return new SeenLocks(
                    print,
                    List.of(),
                    "Deadlocks of virtual threads were not looked for, because there are more than " + MOST
                            + " virtual threads.");
        }
        SeenThreads first = JsonReader.read(JsonThreadDumps.take(commands, file));
        SeenThreads second = JsonReader.read(JsonThreadDumps.take(commands, file));
        return new SeenLocks(print, inBoth(first, second), null);
    }

    /** Those that wait for each other in the first dump, and that stand just so in the second one. */
    static List<SuspectThread> inBoth(SeenThreads first, SeenThreads second) {
        Map<Long, SeenThread> again = second.byId();
        SeenThreads same = new SeenThreads(
                first.threads().stream()
                        .map(thread -> stands(thread, again.get(thread.id())) ? thread : goesOn(thread))
                        .toList(),
                false,
                List.of());
        Standstill standstill = Standstill.of(same);
        Set<Long> freed = standstill.freedByInterrupts();
        return standstill.stuck().stream()
                .map(thread -> suspect(thread, standstill.owner(thread), freed.contains(thread.id())))
                .toList();
    }

    private static boolean stands(SeenThread before, @Nullable SeenThread after) {
        return after != null
                && before.doing().equals(after.doing())
                && before.stack().equals(after.stack());
    }

    private static SeenThread goesOn(SeenThread thread) {
        return new SeenThread(
                thread.id(),
                thread.name(),
                thread.virtual(),
                thread.state(),
                thread.carrier(),
                new SeenWait.GoesOn(),
                thread.stack());
    }

    private static SuspectThread suspect(SeenThread thread, @Nullable SeenThread owner, boolean isFreed) {
        String because = "it wants " + thread.doing().wanted() + ", which "
                + (owner == null ? "another thread" : owner.quoted())
                + " has, who waits as well. Two dumps show the same, one after the other. The threads ran on meanwhile, so"
                + " it is no proof: a heap dump can tell."
                + (isFreed ? " An interrupt can end this: of this thread, or of one that it waits for." : "");
        return new SuspectThread(
                thread.id(), thread.name(), thread.virtual(), Reason.DEADLOCK, because, thread.stack());
    }
}
