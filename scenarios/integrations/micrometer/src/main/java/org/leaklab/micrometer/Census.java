package org.leaklab.micrometer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.Deadlock;
import org.leaklab.detect.Health;
import org.leaklab.detect.ProbeWatch;
import org.leaklab.detect.ThreadSnapshot;
import org.leaklab.detect.ThreadSource;

/**
 * How many threads of this JVM live, wait without limit, and are stuck, by kind. The threads that the JDK starts for
 * itself are not counted.
 *
 * <p>A number is empty if it could not be seen: an unknown number is never 0. While a probe is under way, the numbers
 * of virtual threads are unknown. Immutable; it does not hold threads.
 *
 * @param platform the platform threads
 * @param virtual the virtual threads
 * @param scope says which threads were looked at, and how to see the others
 * @param unseen what could not be seen, and why; one sentence for each
 */
public record Census(Numbers platform, Numbers virtual, String scope, List<String> unseen) {

    /**
     * The threads of one kind.
     *
     * @param live threads that have started and not ended
     * @param parked those of them that wait without a limit of time: their state is {@link Thread.State#WAITING} or
     *     {@link Thread.State#BLOCKED}
     * @param stuck those of them that are in a {@linkplain Deadlock deadlock}. This is a proof: none of them goes on by
     *     itself. An interrupt can still end a wait that heeds it.
     */
    public record Numbers(OptionalInt live, OptionalInt parked, OptionalInt stuck) {}

    /** Creates a census with a copy of the list. */
    public Census {
        unseen = List.copyOf(unseen);
    }

    /** Returns the numbers of one kind. */
    public Numbers of(ThreadKind kind) {
        return kind == ThreadKind.PLATFORM ? platform : virtual;
    }

    /**
     * Counts the threads of a source, and adds those that a look for deadlocks has found.
     *
     * @param seesVirtual whether the source has all virtual threads; if not, their numbers are unknown
     */
    static Census of(ThreadSource source, boolean seesVirtual, Health health) {
        ProbeWatch watch = ProbeWatch.begin();
        Map<ThreadKind, Integer> live = new EnumMap<>(ThreadKind.class);
        Map<ThreadKind, Integer> parked = new EnumMap<>(ThreadKind.class);
        for (ThreadSource.Watched watched : source.threads()) {
            ThreadKind kind = ThreadKind.of(watched.thread());
            Thread.State state = watched.thread().getState();
            live.merge(kind, 1, Integer::sum);
            if (state == Thread.State.WAITING || state == Thread.State.BLOCKED) {
                parked.merge(kind, 1, Integer::sum);
            }
        }
        List<String> unseen = new ArrayList<>(health.unseen());
        boolean whole = !watch.sawProbe();
        if (!whole && !unseen.contains(ProbeWatch.SENTENCE)) {
            unseen.add(ProbeWatch.SENTENCE);
        }
        Map<ThreadKind, Integer> stuck = new EnumMap<>(ThreadKind.class);
        for (Deadlock.Circle circle : health.deadlocks()) {
            for (ThreadSnapshot thread : circle.threads()) {
                stuck.merge(thread.kind(), 1, Integer::sum);
            }
        }
        boolean seesLocks = health.unseen().isEmpty();
        return new Census(
                numbers(ThreadKind.PLATFORM, live, parked, stuck, true, seesLocks),
                numbers(ThreadKind.VIRTUAL, live, parked, stuck, seesVirtual && whole, seesLocks && seesVirtual),
                source.scope(),
                unseen);
    }

    private static Numbers numbers(
            ThreadKind kind,
            Map<ThreadKind, Integer> live,
            Map<ThreadKind, Integer> parked,
            Map<ThreadKind, Integer> stuck,
            boolean seesThreads,
            boolean seesLocks) {
        int proven = stuck.getOrDefault(kind, 0);
        return new Numbers(
                seesThreads ? OptionalInt.of(live.getOrDefault(kind, 0)) : OptionalInt.empty(),
                seesThreads ? OptionalInt.of(parked.getOrDefault(kind, 0)) : OptionalInt.empty(),
                seesLocks || proven > 0 ? OptionalInt.of(proven) : OptionalInt.empty());
    }
}
