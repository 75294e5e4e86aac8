package org.leaklab.heapdump.judge;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Edges;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.ProgressListener;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.primitive.IntQueue;
import org.leaklab.heapdump.primitive.Ints;

/**
 * Which objects are reached, in which stage and by what, and which threads that wakes. A suspended thread whose blocker
 * gets marked is woken, so its own stack becomes a root. A thread that waits for what only another one can give is
 * woken when that one goes on: see {@link Heirs}. {@link Marking} says where each stage begins.
 *
 * <p>A suspended {@code Thread} leads to nothing that it alone uses: who holds it can interrupt it, and ask for its
 * class loader and its handler, but not get at its task or its thread locals.
 */
final class Marks {

    /** Reached from a running thread or a root. */
    static final int ALIVE = 1;

    /** Reached if a doubt is taken as a yes. */
    static final int PERHAPS = 2;

    /** Reached from a thread that somebody could interrupt, and that would then go on. */
    static final int INTERRUPTED = 3;

    /** Reached from threads that nobody can wake, or by edges that were left out. */
    static final int LEFT = 4;

    private static final String HIDDEN =
            "the owner of the lock that it waits for goes on, and its compiled code may use the lock without showing it";

    private final Heap heap;
    private final DumpThreads threads;
    private final ProgressListener progress;
    private final Traits traits;
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

    /** The stage in which the classes of each stack were reached. */
    private final Map<Stack, Integer> revived = new HashMap<>();

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
    private boolean hadUnreadable;

    Marks(
            Heap heap,
            DumpThreads threads,
            Heirs heirs,
            CompiledFrames frames,
            List<Doubt> unshown,
            ProgressListener progress) {
        this.heap = heap;
        this.frames = frames;
        this.unshown = unshown;
        this.heirs = heirs;
        this.threads = threads;
        this.progress = progress;
        this.traits = new Traits(heap);
        this.trail = new Trail(heap, threads);
        this.edges = new Edges(heap);
        this.waiting = new Waiting(threads);
        prepare();
    }

    /** Notes on which objects there is more to do than to follow what they lead to. */
    private void prepare() {
        for (DumpThread thread : threads.all()) {
            if (!thread.candidate) {
                continue;
            }
            traits.setCase(thread.object);
            for (int part : thread.parts) {
                traits.setCase(part);
            }
            if (thread.wait instanceof Wait.Reached reached) {
                for (int object : reached.objects()) {
                    traits.setCase(object);
                }
            } else if (thread.wait instanceof Wait.Owned owned && owned.lock() >= 0) {
                traits.setCase(owned.lock());
            }
        }
    }

    /**
     * Begins a stage, or goes on in it with another doubt.
     *
     * @param why what is unknown of the threads that are woken from now on, if the stage is {@link #PERHAPS}
     */
    void begin(int next, String why) {
        stage = next;
        doubt = why;
    }

    int stage() {
        return stage;
    }

    /** Begins the doubts with those who may go on because threads do that surely go on. */
    void perhaps() {
        heirs.withoutOwner(gone);
        begin(PERHAPS, "it waits for a thread that may go on");
        doubtful.forEach(this::goesOn);
    }

    /** References of any strength that were seen, and what else leads on by fields that were left out; grows. */
    Ints references() {
        return references;
    }

    /** Whether a thread that an interrupt would wake is held by anything alive, or in doubt. */
    boolean mayBeInterrupted(DumpThread thread) {
        return endsByInterrupt(thread) && (stageOf(thread.object) < INTERRUPTED || interruptible.get(thread.index));
    }

    /** Lets a thread go on as after an interrupt, which came through an object. */
    void interrupt(DumpThread thread, int through) {
        if (thread.through < 0) {
            thread.through = through;
            woken.add(thread.index);
        }
    }

    /** Whether an object was not reached so far, or only in a later stage; what nothing is alive through never is. */
    boolean isOpen(int object) {
        int reached = stageOf(object);
        return !traits.isOfNoUse(object) && (reached == 0 || reached > stage);
    }

    /** Whether an object was reached in this stage or in an earlier one. */
    boolean isReached(int object) {
        return stageOf(object) != 0 && stageOf(object) <= stage;
    }

    /** Follows all that was reached, until nothing more is. */
    void drain() {
        while (!queue.isEmpty() || !woken.isEmpty()) {
            if (!woken.isEmpty()) {
                revive(threads.all().get(woken.remove()));
                continue;
            }
            scan(queue.remove());
            if ((++marked & 0xf_ffff) == 0) {
                progress.at("marking", marked, traits.objects());
            }
        }
    }

    /** Marks an object, unless this stage or an earlier one has. */
    void reach(int object, int by) {
        if (object < 0) {
            return;
        }
        int before = traits.stage(object);
        if (before != 0 && before <= stage) {
            return;
        }
        traits.setStage(object, stage);
        trail.led(by, object);
        if (!traits.isOfNoUse(object)) {
            queue.add(object);
        }
        if (traits.isCase(object) && stage != LEFT) {
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

    static boolean isWokenByHandle(DumpThread thread) {
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

    /** A thread goes on. */
    void wake(DumpThread thread, String why) {
        thread.candidate = false;
        if (stage == PERHAPS) {
            thread.unknown = why;
        }
        woken.add(thread.index);
    }

    /** Makes a thread's stack a root, and its object one like any other. */
    void revive(DumpThread thread) {
        hadUnreadable |= stage <= PERHAPS && frames.lacksClassFile(thread);
        unshown.forEach(one -> one.goesOn(thread));
        reach(thread.object, trail.stackOf(thread));
        classes(thread);
        stack(thread);
        whole(thread);
        heirs.of(thread, gone);
    }

    /** The code of a thread gets at the static fields of its classes; most threads share their stack with others. */
    private void classes(DumpThread thread) {
        Integer before = revived.get(thread.stack);
        if (before == null || before > stage) {
            revived.put(thread.stack, stage);
            for (Stacks.Frame frame : thread.stack.frames()) {
                DumpClass type = heap.classById(frame.typeId());
                reach(type == null ? -1 : type.number(), trail.stackOf(thread));
            }
        }
    }

    /** Reaches a thread and all that it has, without waking it. */
    void all(DumpThread thread) {
        reach(thread.object, trail.stackOf(thread));
        stack(thread);
        whole(thread);
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
        if (traits.isCase(object) && stage != LEFT) {
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
        return traits.stage(object);
    }

    /** Whether code of a thread that goes on has no class file, other than the JDK's. */
    boolean hadUnreadable() {
        return hadUnreadable;
    }

    /** What led to each object. */
    Trail trail() {
        return trail;
    }
}
