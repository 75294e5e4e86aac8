package org.leaklab.heapdump.judge;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Edges;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.graph.Retained;
import org.leaklab.heapdump.hprof.ProgressListener;

/**
 * Which threads of a dump can never be woken. It is judged once, in these steps: {@link DumpThreads} reads the threads,
 * {@link Blockers} says what each waits for, {@link Heirs} who waits for whom, and {@link Marking} decides who can be
 * woken.
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
            Predicate<DumpThread> hides = thread -> mayHide(thread, threads, bytecode);
            Owners owners = new Owners(heap, threads, bytecode);
            Heirs heirs = new Heirs(threads, owners, grounded(heap, threads, owners, hides, progress));
            return new Judgement(heap, threads, new Marking(heap, threads, heirs, hides, progress));
        }
    }

    private static boolean mayHide(DumpThread thread, DumpThreads threads, Bytecode bytecode) {
        int[] shown = new int[thread.stack.size()];
        for (int i = thread.heldFrom; i < thread.heldTo; i++) {
            if (threads.frame(i) >= 0 && threads.frame(i) < shown.length) {
                shown[threads.frame(i)]++;
            }
        }
        for (int frame = 0; frame < shown.length; frame++) {
            String called = frame == 0 ? "" : thread.stack.get(frame - 1).method();
            if (bytecode.mayHide(thread.stack.get(frame), shown[frame], called)) {
                return true;
            }
        }
        return false;
    }

    /** Those that nobody can wake even if everybody goes on who waits for a monitor whose owner is not known. */
    private static Set<DumpThread> grounded(
            Heap heap, DumpThreads threads, Owners owners, Predicate<DumpThread> hides, ProgressListener progress) {
        List<DumpThread> candidates =
                threads.all().stream().filter(thread -> thread.candidate).toList();
        List<DumpThread> entering = candidates.stream()
                .filter(thread -> thread.wait instanceof Wait.Entering)
                .toList();
        if (entering.isEmpty()) {
            return Set.of();
        }
        entering.forEach(thread -> thread.candidate = false);
        new Marking(heap, threads, new Heirs(threads, owners, Set.of()), hides, progress);
        Set<DumpThread> leaked =
                candidates.stream().filter(thread -> thread.candidate).collect(Collectors.toSet());
        candidates.forEach(thread -> {
            thread.candidate = true;
            thread.unknown = null;
            thread.through = -1;
        });
        byte[] traits = heap.traits();
        for (int object = 0; object < traits.length; object++) {
            traits[object] &= Heap.LEAF;
        }
        return leaked;
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

    /** What the dump shows of the threads beside what was judged. */
    public ThreadFacts facts() {
        return new ThreadFacts(heap, threads);
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

    /** The shortest way from a root to what a thread waits on, a step each; none if no way was seen. */
    public List<String> wayToBlocker(DumpThread thread) {
        int blocker = thread.blocker() < 0 ? thread.object : thread.blocker();
        int stage = marking.stageOf(blocker);
        return stage == Marking.ALIVE || stage == Marking.PERHAPS
                ? new WayToThread(heap, marking).to(blocker)
                : List.of();
    }

    /** Whether nothing was seen to hold so many objects that most of them must be garbage. */
    public boolean holdsGarbage() {
        return marking.holdsGarbage();
    }
}
