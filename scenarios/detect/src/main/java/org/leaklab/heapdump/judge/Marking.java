package org.leaklab.heapdump.judge;

import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Edges;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.ProgressListener;
import org.leaklab.heapdump.primitive.Ints;

/**
 * Decides who can be woken. Roots are those of the JVM, and the stacks of threads that run. All that they reach is
 * marked, breadth first; a suspended thread whose blocker gets marked is woken by whoever reaches it, so its own stack
 * becomes a root. A thread that waits for what only another one can give is woken when that one goes on, whoever
 * reaches what it waits on: see {@link Heirs}. When nothing more gets marked, the threads that are left can never be
 * woken.
 *
 * <p>Each object is marked once and each thread woken once, so this is linear in the dump, however threads depend on
 * each other.
 *
 * <p>A suspended {@code Thread} leads to nothing that it alone uses: who holds it can interrupt it, and ask for its
 * class loader and its handler, but not get at its task or its thread locals. The set of all virtual threads, which the
 * JDK keeps for thread dumps, and the referents of weak and phantom references are left out.
 *
 * <p>A second stage marks on from where a doubt is: from weak references that somebody could still ask, from what the
 * dump shows nobody to hold, from handles of threads that park in code of their own. Whoever is woken by that is
 * unknown, never leaked.
 *
 * <p>A last stage lets those of the rest go on whose handle somebody has: an interrupt of one could end the wait of
 * others.
 */
final class Marking {

    private static final String GARBAGE =
            "the dump holds garbage, so it does not tell what is held in ways that no dump shows";

    /** In a dump of live objects nothing should be unreached; more than this share of them, and it holds garbage. */
    private static final double MOST_HIDDEN = 0.1;

    private final Heap heap;
    private final DumpThreads threads;
    private final List<Doubt> unshown;
    private final Edges edges;
    private final ThreadWaits waits;
    private final Fates fates;
    private final Marks marks;
    private final Wakes wakes;
    private final Trail trail;
    private final Ints references;

    /** How many objects nothing was seen to hold, not even a class; without strings and what holds nothing itself. */
    private int hidden;

    Marking(
            Heap heap,
            DumpThreads threads,
            ThreadWaits waits,
            Heirs heirs,
            CompiledFrames frames,
            ProgressListener progress) {
        this.heap = heap;
        this.threads = threads;
        this.unshown = Doubt.all(heap, waits, frames);
        this.edges = new Edges(heap);
        this.wakes = new Wakes(heap, threads, waits, heirs, frames, unshown, progress);
        this.marks = wakes.marks();
        this.waits = waits;
        this.fates = wakes.fates();
        this.trail = marks.trail();
        this.references = marks.references();
        alive();
        doubts();
        left();
        collected();
        hidden();
        interrupted();
    }

    private void alive() {
        for (int i = 0; i < heap.roots().count(); i++) {
            marks.reach(heap.find(heap.roots().id(i)), trail.root(i));
        }
        for (int object : threads.heldByNobody()) {
            marks.reach(object, trail.nowhere());
        }
        Map<Boolean, List<DumpThread>> last = threads.all().stream()
                .filter(thread -> !fates.isStuck(thread))
                .collect(Collectors.partitioningBy(this::comesLast));
        for (boolean isLast : new boolean[] {false, true}) {
            last.get(isLast).forEach(wakes::revive);
            marks.drain();
        }
    }

    /**
     * Those that wait with a limit, and carriers: so the trail to what they wait on, and to their pool, begins
     * elsewhere if it can, and says more.
     */
    private boolean comesLast(DumpThread thread) {
        DumpClass type = heap.classOf(thread.object);
        return thread.state == Thread.State.TIMED_WAITING || type != null && type.is("jdk.internal.misc.CarrierThread");
    }

    /** Goes on from what may or may not be used. */
    private void doubts() {
        wakes.perhaps();
        for (DumpThread thread : threads.all()) {
            if (fates.isStuck(thread) && wakes.isWokenByHandle(thread) && marks.stageOf(thread.object) != 0) {
                wakes.wake(thread, "it parks in code of its own, and whoever holds the thread may wake it");
            }
        }
        marks.drain();
        int asked = 0;
        do {
            marks.begin(Marks.PERHAPS, "only a weak reference leads to what it waits on, or to who could wake it");
            for (; asked < references.size(); asked++) { // grows while it is gone through
                int reference = references.get(asked);
                DumpClass type = heap.classOf(reference);
                if (type != null && type.canBeAsked()) {
                    marks.reach(edges.weakReferent(reference, type), reference);
                    marks.drain();
                }
            }
        } while (unshown());
    }

    /** Goes on from what a dump does not show; returns whether that led to anything new. */
    private boolean unshown() {
        boolean found = false;
        for (Doubt one : unshown) {
            if (!one.applies(marks::isReached)) {
                continue;
            }
            marks.begin(marks.stage(), one.why());
            for (int object = 0; object < heap.size(); object++) {
                if (marks.isOpen(object) && one.mayLeadTo(object)) {
                    marks.reach(object, trail.nowhere());
                    marks.drain();
                    found = true;
                }
            }
        }
        return found;
    }

    /** Marks all the rest that anything leads to. */
    private void left() {
        marks.begin(Marks.LEFT, "");
        for (DumpThread thread : threads.all()) {
            if (fates.isStuck(thread)) {
                wakes.all(thread);
            }
        }
        marks.drain();
        finalizable();
        for (int listing : edges.listings()) {
            marks.reach(listing, trail.nowhere());
        }
        marks.drain();
        for (int i = 0; i < references.size(); i++) {
            int reference = references.get(i);
            DumpClass type = heap.classOf(reference);
            if (type != null) {
                marks.reach(edges.weakReferent(reference, type), reference);
                edges.leftOut(reference, type, object -> marks.reach(object, reference));
                marks.drain();
            }
        }
    }

    /**
     * What only its finalizer leads to is about to be given to it, and may wake others. What the stack of a stuck
     * thread holds is never finalized, so that its finalizer wakes nobody.
     */
    private void finalizable() {
        marks.begin(Marks.PERHAPS, "only a finalizer leads to what it waits on, or to who could wake it");
        for (int i = 0; i < references.size(); i++) { // grows while it is gone through
            int reference = references.get(i);
            DumpClass type = heap.classOf(reference);
            int referent = type == null || !type.isFinalizer() ? -1 : edges.weakReferent(reference, type);
            if (referent >= 0 && marks.stageOf(referent) == 0) {
                marks.reach(referent, reference);
                marks.drain();
            }
        }
        marks.begin(Marks.LEFT, "");
    }

    /**
     * The collector puts a reference into its queue when the referent is gone, whoever holds the reference: a reaper
     * may have queue and references for itself alone.
     */
    private void collected() {
        marks.begin(Marks.PERHAPS, "the collector may put a reference into the queue that it waits on");
        for (int i = 0; i < references.size(); i++) { // grows while it is gone through
            DumpClass type = heap.classOf(references.get(i));
            if (type != null) {
                marks.reach(edges.queueOfReferent(references.get(i), type), references.get(i));
                marks.drain();
            }
        }
    }

    /** An interrupted thread goes on, and may wake others: they are as little certain as it is. */
    private void interrupted() {
        marks.begin(Marks.INTERRUPTED, "");
        for (DumpThread thread : threads.all()) {
            if (wakes.mayBeInterrupted(thread)) {
                wakes.interrupt(thread, thread.object);
            }
        }
        do {
            marks.drain();
        } while (unshown());
    }

    /**
     * What nothing led to, though the collector kept it, is held in a way that dumps do not show: by a field of a class
     * object, or by compiled code. It may be alive.
     */
    private void hidden() {
        marks.begin(
                Marks.PERHAPS, "something that the dump does not show holds what it waits on, or who could wake it");
        reachHidden(this::isHeldByClasses);
        for (int object = 0; object < heap.size(); object++) {
            if (marks.stageOf(object) == 0 && (heap.traits()[object] & Heap.LEAF) == 0) {
                hidden += heap.typeName(object).equals("java.lang.String") ? 0 : 1;
            }
        }
        if (!holdsGarbage()) {
            reachHidden(object -> true);
            return;
        }
        marks.begin(Marks.PERHAPS, GARBAGE);
        for (DumpThread thread : threads.all()) {
            if (fates.isStuck(thread) && waits.of(thread).what() instanceof Wait.Reached) {
                wakes.wake(thread, GARBAGE);
            }
        }
        marks.drain();
    }

    /** Whatever nothing led to yet, of one kind, and all that it leads to. */
    private void reachHidden(IntPredicate kind) {
        for (int object = 0; object < heap.size(); object++) {
            if (marks.stageOf(object) == 0 && kind.test(object)) {
                marks.reach(object, trail.nowhere());
                marks.drain();
            }
        }
    }

    private boolean isHeldByClasses(int object) {
        DumpClass type = heap.classOf(object);
        return type != null && type.isHeldByClasses();
    }

    /** The stage in which an object was reached, as {@link Marks} has them, or 0. */
    int stageOf(int object) {
        return marks.stageOf(object);
    }

    /** What is decided of each thread. */
    Fates fates() {
        return fates;
    }

    /** Whether nothing was seen to hold so many objects that most of them must be garbage. */
    boolean holdsGarbage() {
        return hidden > MOST_HIDDEN * heap.size();
    }

    /** Whether code of a thread that goes on has no class file, other than the JDK's. */
    boolean hadUnreadable() {
        return wakes.hadUnreadable();
    }

    /** What led to each object. */
    Trail trail() {
        return trail;
    }
}
