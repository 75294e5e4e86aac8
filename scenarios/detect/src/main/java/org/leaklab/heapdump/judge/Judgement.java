package org.leaklab.heapdump.judge;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Edges;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.graph.Retained;
import org.leaklab.heapdump.hprof.ProgressListener;

/**
 * Which threads of a dump can never be woken. It is judged once, in these steps: {@link DumpThreads} reads the threads,
 * {@link Blockers} says what each waits on, {@link Marking} decides who can be woken. Where threads are blocked on
 * monitors, a first marking without them tells {@link Owners} which owners are leaked anyway, and a second one counts.
 */
public final class Judgement {

    private final Heap heap;
    private final DumpThreads threads;
    private final Marking marking;

    private Judgement(Heap heap, DumpThreads threads, Marking marking) {
        this.heap = heap;
        this.threads = threads;
        this.marking = marking;
    }

    /** Whether all objects of a class must be in {@link Heap#listed}. */
    public static boolean needs(DumpClass type) {
        return Role.of(type) != Role.NONE;
    }

    /** Judges the threads of a dump. */
    public static Judgement of(Heap heap, ProgressListener progress) {
        DumpThreads threads = new DumpThreads(heap);
        try (Bytecode bytecode = new Bytecode(heap)) {
            new Blockers(heap, threads, bytecode);
            return new Judgement(heap, threads, mark(heap, threads, bytecode, progress));
        }
    }

    private static Marking mark(Heap heap, DumpThreads threads, Bytecode bytecode, ProgressListener progress) {
        Owners owners = new Owners(heap, threads, bytecode);
        if (owners.entering().isEmpty()) {
            return new Marking(heap, threads, progress);
        }
        List<DumpThread> candidates =
                threads.all().stream().filter(thread -> thread.candidate).toList();
        owners.entering().forEach(thread -> thread.candidate = false);
        new Marking(heap, threads, progress);
        Set<DumpThread> leaked =
                threads.all().stream().filter(thread -> thread.candidate).collect(Collectors.toSet());
        candidates.forEach(thread -> {
            thread.candidate = true;
            thread.unknown = null;
        });
        forgetMarks(heap.traits());
        owners.ground(leaked);
        return new Marking(heap, threads, progress);
    }

    private static void forgetMarks(byte[] traits) {
        for (int object = 0; object < traits.length; object++) {
            traits[object] &= Heap.LEAF;
        }
    }

    /** All threads that have been started and have not ended. */
    public List<DumpThread> threads() {
        return threads.all();
    }

    /** Those that nobody can wake. Says nothing while there is a thread {@linkplain #stackless() without a stack}. */
    public List<DumpThread> leaked() {
        return threads.all().stream().filter(thread -> thread.candidate).toList();
    }

    /** How many virtual threads have begun to run and have no stack in the dump: each may hold what others wait for. */
    public int stackless() {
        return threads.stackless();
    }

    /** Whether an object would stay if all leaked threads were gone. */
    public boolean isHeldOtherwise(int object) {
        return marking.stageOf(object) < Marking.INTERRUPTED;
    }

    /** A thread with all that its stack holds. */
    public Retained.Holder holder(DumpThread thread) {
        return new Stack(threads, thread);
    }

    private record Stack(DumpThreads threads, DumpThread thread) implements Retained.Holder {

        @Override
        public int object() {
            return thread.object;
        }

        @Override
        public void eachHeld(Edges.Visitor visitor) {
            threads.eachHeld(thread, visitor);
        }
    }

    /** The shortest way from a root to what an interrupt could reach a thread through, a step each. */
    public List<String> wayTo(DumpThread thread) {
        return new WayToThread(heap, marking).to(thread.through);
    }

    /** Whether nothing was seen to hold so many objects that most of them must be garbage. */
    public boolean holdsGarbage() {
        return marking.holdsGarbage();
    }
}
