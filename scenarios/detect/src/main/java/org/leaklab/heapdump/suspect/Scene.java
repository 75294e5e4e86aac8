package org.leaklab.heapdump.suspect;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.Judgement;
import org.leaklab.heapdump.judge.ThreadFacts;
import org.leaklab.heapdump.judge.ThreadVerdict;

/** What all suspicions ask: the objects of the dump, its threads, and who of them is leaked. */
final class Scene {

    private final Judgement judgement;
    final Heap heap;
    final Fields fields;
    final ThreadFacts threads;
    final Set<DumpThread> leaked;
    private final List<DumpThread> open;

    Scene(Heap heap, Judgement judgement) {
        this.heap = heap;
        this.judgement = judgement;
        this.fields = new Fields(heap);
        this.threads = judgement.facts();
        this.leaked = new HashSet<>(judgement.leaked());
        this.open = threads.all().stream().filter(this::isOpen).toList();
    }

    /** What is judged of a thread. */
    ThreadVerdict of(DumpThread thread) {
        return judgement.of(thread);
    }

    /** Whether a thread may become a suspect: it is judged, and not leaked. */
    boolean isOpen(DumpThread thread) {
        return of(thread).unknown() == null
                && !leaked.contains(thread)
                && !of(thread).waitsOnPurpose();
    }

    /** As {@link Judgement#isSeenHeld}. */
    boolean isSeenHeld(int object, Predicate<DumpThread> holders, Judgement.Step step) {
        return judgement.isSeenHeld(object, holders, step);
    }

    /** Those that may become suspects. */
    List<DumpThread> open() {
        return open;
    }

    /** Whether a thread does not keep the process alive. */
    boolean isDaemon(DumpThread thread) {
        return thread.isVirtual() || fields.flag(follow(threads.object(thread), "holder"), "daemon");
    }

    /** Whether an object is of a class or of one that extends it. */
    boolean is(int object, String type) {
        DumpClass c = object < 0 ? null : heap.classOf(object);
        return c != null && !heap.isClass(object) && c.is(type);
    }

    /** What the frames of a class on a stack hold that is of this class or of one that extends it. */
    int[] heldByFramesOf(DumpThread thread, String type) {
        Stack stack = thread.stack();
        Set<Integer> found = new HashSet<>();
        for (int i = 0; i < stack.size(); i++) {
            if (stack.get(i).isOf(type)) {
                Arrays.stream(threads.held(thread, i, i + 1))
                        .filter(object -> is(object, type))
                        .forEach(found::add);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The reference that several fields lead to, one after the other, or -1. */
    int follow(int object, String... path) {
        int at = object;
        for (String field : path) {
            at = at < 0 ? -1 : fields.reference(at, field);
        }
        return at;
    }
}
