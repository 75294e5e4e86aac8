package org.leaklab.heapdump.judge;

import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Edges;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.ProgressListener;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.primitive.IntQueue;
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

    /** Reached from a running thread or a root. */
    static final int ALIVE = 1;

    /** Reached if a doubt is taken as a yes. */
    static final int PERHAPS = 2;

    /** Reached from a thread that somebody could interrupt, and that would then go on. */
    static final int INTERRUPTED = 3;

    /** Reached from threads that nobody can wake, or by edges that were left out. */
    static final int LEFT = 4;

    private static final int STAGE_SHIFT = 1;
    private static final int STAGE_MASK = 7 << STAGE_SHIFT;
    private static final int CASE = 1 << 4;

    private static final String HIDDEN =
            "the owner of the lock that it waits for goes on, and its compiled code may use the lock without showing it";

    private static final String GARBAGE =
            "the dump holds garbage, so it does not tell what is held in ways that no dump shows";

    /** In a dump of live objects nothing should be unreached; more than this share of them, and it holds garbage. */
    private static final double MOST_HIDDEN = 0.1;

    private final Heap heap;
    private final DumpThreads threads;
    private final ProgressListener progress;
    private final byte[] traits;

    private final Trail trail;
    private final IntQueue queue = new IntQueue();

    /** Threads that were found to be woken, by index; not at once, because one wakes the next. */
    private final IntQueue woken = new IntQueue();

    /** References of any strength that were seen, and what else leads on by fields that were left out. */
    private final Ints references = new Ints();

    private final Waiting waiting;
    private final Heirs heirs;
    private final Heirs.Visitor gone = new Heirs.Visitor() {

        @Override
        public void surely(DumpThread heir) {
            goesOn(heir, doubt);
        }

        @Override
        public void ifReached(DumpThread heir, int lock, DumpThread owner) {
            ownersGoOn.add(heir);
            int reached = stageOf(lock);
            if (reached != 0 && reached <= stage) {
                goesOn(heir, doubt);
            } else if (frames.mayHide(owner, lock)) {
                perhaps(heir, HIDDEN);
            }
        }

        @Override
        public void perhaps(DumpThread heir, String why) {
            if (stage == ALIVE) {
                doubtful.putIfAbsent(heir, why);
            } else {
                goesOn(heir, why);
            }
        }
    };

    /** Those that go on as soon as the lock that they wait for is reached. */
    private final Set<DumpThread> ownersGoOn = new HashSet<>();

    private final CompiledFrames frames;
    private final List<Doubt> unshown;

    /** Threads, by index, that something alive holds only to interrupt them. */
    private final BitSet interruptible = new BitSet();

    /** Those that may go on because threads do that surely go on, with the reason. */
    private final Map<DumpThread, String> doubtful = new LinkedHashMap<>();

    private final Edges edges;
    private int scanned;
    private final Edges.Visitor reached = object -> reach(object, scanned);
    private int stage = ALIVE;
    private String doubt = "";
    private long marked;

    /** How many objects nothing was seen to hold, but for strings and what holds nothing itself. */
    private int hidden;

    Marking(Heap heap, DumpThreads threads, Heirs heirs, CompiledFrames frames, ProgressListener progress) {
        this.heap = heap;
        this.frames = frames;
        this.unshown = Doubt.all(heap, frames);
        this.heirs = heirs;
        this.threads = threads;
        this.progress = progress;
        this.traits = heap.traits();
        this.trail = new Trail(heap, threads);
        this.edges = new Edges(heap);
        this.waiting = new Waiting(threads);
        prepare();
        alive();
        doubts();
        left();
        collected();
        hidden();
        interrupted();
    }

    /** Notes on which objects there is more to do than to follow what they lead to. */
    private void prepare() {
        for (DumpThread thread : threads.all()) {
            if (!thread.candidate) {
                continue;
            }
            traits[thread.object] |= CASE;
            for (int part : thread.parts) {
                traits[part] |= CASE;
            }
            if (thread.wait instanceof Wait.Reached reached) {
                for (int object : reached.objects()) {
                    traits[object] |= CASE;
                }
            } else if (thread.wait instanceof Wait.Owned owned && owned.lock() >= 0) {
                traits[owned.lock()] |= CASE;
            }
        }
    }

    private void alive() {
        for (int i = 0; i < heap.roots().count(); i++) {
            reach(heap.find(heap.roots().id(i)), trail.root(i));
        }
        for (int object : threads.heldByNobody()) {
            reach(object, trail.nowhere());
        }
        for (DumpThread thread : threads.all()) {
            if (!thread.candidate) {
                revive(thread);
            }
        }
        drain();
    }

    /** Goes on from what may or may not be used. */
    private void doubts() {
        heirs.withoutOwner(gone);
        stage = PERHAPS;
        doubtful.forEach(this::goesOn);
        for (DumpThread thread : threads.all()) {
            if (thread.candidate && isWokenByHandle(thread) && stageOf(thread.object) != 0) {
                wake(thread, "it parks in code of its own, and whoever holds the thread may wake it");
            }
        }
        drain();
        int asked = 0;
        do {
            doubt = "only a weak reference leads to what it waits on, or to who could wake it";
            for (; asked < references.size(); asked++) { // grows while it is gone through
                int reference = references.get(asked);
                DumpClass type = heap.classOf(reference);
                if (type != null && type.canBeAsked()) {
                    reach(edges.weakReferent(reference, type), reference);
                    drain();
                }
            }
        } while (unshown());
    }

    /** Goes on from what a dump does not show; returns whether that led to anything new. */
    private boolean unshown() {
        boolean found = false;
        for (Doubt one : unshown) {
            if (!one.applies(object -> stageOf(object) != 0 && stageOf(object) <= stage)) {
                continue;
            }
            doubt = one.why();
            for (int object = 0; object < traits.length; object++) {
                int reached = stageOf(object);
                boolean counts = (traits[object] & Heap.LEAF) == 0 || (traits[object] & CASE) != 0;
                if (counts && (reached == 0 || reached > stage) && one.mayLeadTo(object)) {
                    reach(object, trail.nowhere());
                    drain();
                    found = true;
                }
            }
        }
        return found;
    }

    /** Marks all the rest that anything leads to. */
    private void left() {
        stage = LEFT;
        for (DumpThread thread : threads.all()) {
            if (thread.candidate) {
                reach(thread.object, trail.stackOf(thread));
                stack(thread);
                whole(thread);
            }
        }
        drain();
        finalizable();
        for (int listing : edges.listings()) {
            reach(listing, trail.nowhere());
        }
        drain();
        for (int i = 0; i < references.size(); i++) {
            scanned = references.get(i);
            DumpClass type = heap.classOf(scanned);
            if (type != null) {
                reach(edges.weakReferent(scanned, type), scanned);
                edges.leftOut(scanned, type, reached);
                drain();
            }
        }
    }

    /**
     * What only its finalizer leads to is about to be given to it, and may wake others. What the stack of a stuck
     * thread holds is never finalized, so that its finalizer wakes nobody.
     */
    private void finalizable() {
        stage = PERHAPS;
        doubt = "only a finalizer leads to what it waits on, or to who could wake it";
        for (int i = 0; i < references.size(); i++) { // grows while it is gone through
            int reference = references.get(i);
            DumpClass type = heap.classOf(reference);
            int referent = type == null || !type.isFinalizer() ? -1 : edges.weakReferent(reference, type);
            if (referent >= 0 && stageOf(referent) == 0) {
                reach(referent, reference);
                drain();
            }
        }
        stage = LEFT;
    }

    /**
     * The collector puts a reference into its queue when the referent is gone, whoever holds the reference: a reaper
     * may have queue and references for itself alone.
     */
    private void collected() {
        stage = PERHAPS;
        doubt = "the collector may put a reference into the queue that it waits on";
        for (int i = 0; i < references.size(); i++) { // grows while it is gone through
            DumpClass type = heap.classOf(references.get(i));
            if (type != null) {
                reach(edges.queueOfReferent(references.get(i), type), references.get(i));
                drain();
            }
        }
    }

    /** An interrupted thread goes on, and may wake others: they are as little certain as it is. */
    private void interrupted() {
        stage = INTERRUPTED;
        for (DumpThread thread : threads.all()) {
            if (endsByInterrupt(thread) && (stageOf(thread.object) < INTERRUPTED || interruptible.get(thread.index))) {
                interrupt(thread, thread.object);
            }
        }
        do {
            drain();
        } while (unshown());
    }

    private void interrupt(DumpThread thread, int through) {
        if (thread.through < 0) {
            thread.through = through;
            woken.add(thread.index);
        }
    }

    /**
     * What nothing led to, though the collector kept it, is held in a way that dumps do not show: by a field of a class
     * object, or by compiled code. It may be alive.
     */
    private void hidden() {
        for (int object = 0; object < traits.length; object++) {
            if (stageOf(object) == 0 && (traits[object] & Heap.LEAF) == 0) {
                hidden += heap.typeName(object).equals("java.lang.String") ? 0 : 1;
            }
        }
        boolean garbage = holdsGarbage();
        stage = PERHAPS;
        if (garbage) {
            for (DumpThread thread : threads.all()) {
                if (thread.candidate && thread.wait instanceof Wait.Reached) {
                    wake(thread, GARBAGE);
                }
            }
            doubt = GARBAGE;
            drain();
        }
        doubt = "something that the dump does not show holds what it waits on, or who could wake it";
        for (int object = 0; object < traits.length; object++) {
            if (stageOf(object) == 0 && (!garbage || isHeldByClasses(object))) {
                reach(object, trail.nowhere());
                drain();
            }
        }
    }

    private boolean isHeldByClasses(int object) {
        DumpClass type = heap.classOf(object);
        return type != null && type.isHeldByClasses();
    }

    private void drain() {
        while (!queue.isEmpty() || !woken.isEmpty()) {
            if (!woken.isEmpty()) {
                revive(threads.all().get(woken.remove()));
                continue;
            }
            scan(queue.remove());
            if ((++marked & 0xf_ffff) == 0) {
                progress.at("marking", marked, traits.length);
            }
        }
    }

    private void reach(int object, int by) {
        if (object < 0) {
            return;
        }
        int trait = traits[object];
        int before = (trait & STAGE_MASK) >> STAGE_SHIFT;
        if (before != 0 && before <= stage) {
            return;
        }
        traits[object] = (byte) (trait & ~STAGE_MASK | stage << STAGE_SHIFT);
        trail.led(by, object);
        if ((trait & Heap.LEAF) == 0 || (trait & CASE) != 0) {
            queue.add(object);
        }
        if ((trait & CASE) != 0 && stage != LEFT) {
            wakeWhoWaitsOn(object);
        }
    }

    private void wakeWhoWaitsOn(int object) {
        for (DumpThread thread : waiting.on(object)) {
            if (thread.wait instanceof Wait.Owned && !ownersGoOn.contains(thread)) {
                continue;
            }
            if (thread.candidate && stage == INTERRUPTED) {
                interrupt(thread, object);
            } else if (thread.candidate) {
                wake(thread, doubt);
            }
        }
        DumpThread held = stage == INTERRUPTED ? threads.of(object) : null;
        if (held != null && endsByInterrupt(held)) {
            interrupt(held, object);
        }
        DumpThread own = stage == PERHAPS ? threads.of(object) : null;
        if (own != null && own.candidate && isWokenByHandle(own)) {
            wake(own, doubt);
        }
    }

    private static boolean isWokenByHandle(DumpThread thread) {
        return thread.wait instanceof Wait.Reached reached && reached.byHandle();
    }

    private static boolean endsByInterrupt(DumpThread thread) {
        return thread.candidate && thread.wait != null && thread.wait.endsByInterrupt();
    }

    /** What a thread waited for that another one has is given to it. */
    private void goesOn(DumpThread thread, String why) {
        if (thread.candidate && stage == INTERRUPTED) {
            interrupt(thread, thread.owner() == null ? thread.object : thread.owner().object);
        } else if (thread.candidate) {
            wake(thread, why);
        }
    }

    private void wake(DumpThread thread, String why) {
        thread.candidate = false;
        if (stage == PERHAPS) {
            thread.unknown = why;
        }
        woken.add(thread.index);
    }

    /** Makes a thread's stack a root, and its object one like any other. */
    private void revive(DumpThread thread) {
        unshown.forEach(one -> one.goesOn(thread));
        reach(thread.object, trail.stackOf(thread));
        for (Stacks.Frame frame : thread.stack) { // its code gets at the static fields of its class
            DumpClass type = heap.classById(frame.typeId());
            reach(type == null ? -1 : type.number(), trail.stackOf(thread));
        }
        stack(thread);
        whole(thread);
        heirs.of(thread, gone);
    }

    private void stack(DumpThread thread) {
        DumpClass type = heap.classOf(thread.object);
        boolean carrier = type != null && type.is("jdk.internal.misc.CarrierThread");
        for (int i = thread.heldFrom; i < thread.heldTo; i++) {
            DumpThread carried = carrier && threads.held(i) >= 0 ? threads.of(threads.held(i)) : null;
            if (carried == null || !carried.candidate) { // a carrier does nothing to the thread that it carries
                reach(threads.held(i), trail.stackOf(thread));
            }
        }
    }

    /** Follows also what was left out of a thread while it was suspended. */
    private void whole(DumpThread thread) {
        queue.add(thread.object);
        for (int part : thread.parts) {
            if (stageOf(part) != 0) {
                queue.add(part);
            }
        }
    }

    private void scan(int object) {
        scanned = object;
        if ((traits[object] & CASE) != 0 && stage != LEFT) {
            DumpThread thread = threads.of(object);
            if (thread != null && isSuspended(thread)) {
                edges.ofSuspended(object, reached);
                return;
            }
            DumpThread whole = waiting.whole(object);
            if (whole != null && isSuspended(whole)) {
                return;
            }
        }
        DumpClass type = edges.each(object, reached);
        if (type == null) {
            return;
        }
        if (type.isReference() || type.leavesOut()) {
            references.add(object);
        }
        if (type.isFinalizer()) {
            reach(edges.finalized(object, type), object);
        }
        if (type.hasHandles() && stage != LEFT) {
            edges.handles(object, type, this::heldToInterrupt);
        }
    }

    /** A thread that goes on, or would, is reached by its own stack; what only interrupts it gets nothing from it. */
    private void heldToInterrupt(int object) {
        DumpThread thread = object < 0 ? null : threads.of(object);
        if (thread == null || !thread.candidate) {
            reach(object, scanned);
        } else if (stage == INTERRUPTED && endsByInterrupt(thread)) {
            interrupt(thread, object);
        } else {
            interruptible.set(thread.index);
        }
    }

    private boolean isSuspended(DumpThread thread) {
        return thread.candidate && (stage != INTERRUPTED || thread.through < 0);
    }

    /** The stage in which an object was reached, or 0. */
    int stageOf(int object) {
        return (traits[object] & STAGE_MASK) >> STAGE_SHIFT;
    }

    /** Whether nothing was seen to hold so many objects that most of them must be garbage. */
    boolean holdsGarbage() {
        return hidden > MOST_HIDDEN * traits.length;
    }

    /** What led to each object. */
    Trail trail() {
        return trail;
    }
}
