package org.leaklab.heapdump.judge;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.ProgressListener;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.primitive.IntQueue;

/**
 * Which threads go on, because of what is reached and of who else goes on. A suspended thread whose blocker gets marked
 * is woken, so its own stack becomes a root. A thread that waits for what only another one can give is woken when that
 * one goes on: see {@link Heirs}.
 *
 * <p>A suspended {@code Thread} leads to nothing that it alone uses: who holds it can interrupt it, and ask for its
 * class loader and its handler, but not get at its task or its thread locals.
 */
final class Wakes implements Marks.Cases {

    private static final String HIDDEN =
            "the owner of the lock that it waits for goes on, and its compiled code may use the lock without showing it";

    private final Heap heap;
    private final DumpThreads threads;
    private final Marks marks;
    private final ThreadWaits waits;
    private final Fates fates;
    private final Waiting waiting;
    private final Heirs heirs;
    private final Heirs.Visitor gone = new Heirs.Visitor() {

        @Override
        public void surely(DumpThread heir) {
            goesOn(heir, marks.doubt());
        }

        @Override
        public void ifReached(DumpThread heir, int lock, DumpThread owner) {
            ownersGoOn.add(heir);
            int reached = marks.stageOf(lock);
            if (reached != 0 && reached <= marks.stage()) {
                goesOn(heir, marks.doubt());
            } else if (frames.mayHide(owner, lock)) {
                perhaps(heir, HIDDEN);
            }
        }

        @Override
        public void perhaps(DumpThread heir, String why) {
            if (marks.stage() == Marks.ALIVE) {
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

    /** Threads that were found to be woken, by index; not at once, because one wakes the next. */
    private final IntQueue woken = new IntQueue();

    private boolean hadUnreadable;

    Wakes(
            Heap heap,
            DumpThreads threads,
            ThreadWaits waits,
            Heirs heirs,
            CompiledFrames frames,
            List<Doubt> unshown,
            ProgressListener progress) {
        this.heap = heap;
        this.threads = threads;
        this.waits = waits;
        this.heirs = heirs;
        this.frames = frames;
        this.unshown = unshown;
        this.marks = new Marks(heap, threads, this, progress);
        this.fates = new Fates(waits);
        this.waiting = new Waiting(waits);
        prepare();
    }

    /** Notes on which objects there is more to do than to follow what they lead to. */
    private void prepare() {
        waits.candidates().forEach(thread -> {
            marks.setCase(thread.object);
            for (int part : thread.parts) {
                marks.setCase(part);
            }
            Wait wait = waits.of(thread).what();
            if (wait instanceof Wait.Reached reached) {
                for (int object : reached.objects()) {
                    marks.setCase(object);
                }
            } else if (wait instanceof Wait.Owned owned && owned.lock() >= 0) {
                marks.setCase(owned.lock());
            }
        });
    }

    /** Begins the doubts with those who may go on because threads do that surely go on. */
    void perhaps() {
        heirs.withoutOwner(gone);
        marks.begin(Marks.PERHAPS, "it waits for a thread that may go on");
        doubtful.forEach(this::goesOn);
    }

    /** Whether a thread that an interrupt would wake is held by anything alive, or in doubt. */
    boolean mayBeInterrupted(DumpThread thread) {
        return fates.endsByInterrupt(thread)
                && (marks.stageOf(thread.object) < Marks.INTERRUPTED || interruptible.get(thread.index));
    }

    /** Lets a thread go on as after an interrupt, which came through an object. */
    void interrupt(DumpThread thread, int through) {
        if (fates.interrupt(thread, through)) {
            woken.add(thread.index);
        }
    }

    @Override
    public void reached(int object) {
        for (DumpThread thread : waiting.on(object)) {
            if (waits.of(thread).what() instanceof Wait.Owned && !ownersGoOn.contains(thread)) {
                continue;
            }
            if (fates.isStuck(thread) && marks.stage() == Marks.INTERRUPTED) {
                interrupt(thread, object);
            } else if (fates.isStuck(thread)) {
                wake(thread, marks.doubt());
            }
        }
        DumpThread held = marks.stage() == Marks.INTERRUPTED ? threads.of(object) : null;
        if (held != null && fates.endsByInterrupt(held)) {
            interrupt(held, object);
        }
        DumpThread own = marks.stage() == Marks.PERHAPS ? threads.of(object) : null;
        if (own != null && fates.isStuck(own) && isWokenByHandle(own)) {
            wake(own, marks.doubt());
        }
    }

    boolean isWokenByHandle(DumpThread thread) {
        return waits.of(thread).what() instanceof Wait.Reached reached && reached.byHandle();
    }

    /** What a thread waited for that another one has is given to it. */
    private void goesOn(DumpThread thread, String why) {
        if (fates.isStuck(thread) && marks.stage() == Marks.INTERRUPTED) {
            DumpThread owner = owner(thread);
            interrupt(thread, owner == null ? thread.object : owner.object);
        } else if (fates.isStuck(thread)) {
            wake(thread, why);
        }
    }

    private @Nullable DumpThread owner(DumpThread thread) {
        return waits.of(thread).what() instanceof Wait.Owned owned ? owned.owner() : heirs.keeper(thread);
    }

    /** A thread goes on. */
    void wake(DumpThread thread, String why) {
        if (marks.stage() == Marks.PERHAPS) {
            fates.mayGoOn(thread, why);
        } else {
            fates.goesOn(thread);
        }
        woken.add(thread.index);
    }

    @Override
    public boolean next() {
        if (woken.isEmpty()) {
            return false;
        }
        revive(threads.all().get(woken.remove()));
        return true;
    }

    /** Makes a thread's stack a root, and its object one like any other. */
    void revive(DumpThread thread) {
        hadUnreadable = hadUnreadable || marks.stage() <= Marks.PERHAPS && frames.lacksClassFile(thread);
        unshown.forEach(one -> one.goesOn(thread));
        marks.reach(thread.object, marks.trail().stackOf(thread));
        classes(thread);
        stack(thread);
        whole(thread);
        heirs.of(thread, gone);
    }

    /** The code of a thread gets at the static fields of its classes; most threads share their stack with others. */
    private void classes(DumpThread thread) {
        Integer before = revived.get(thread.stack);
        if (before == null || before > marks.stage()) {
            revived.put(thread.stack, marks.stage());
            for (Stacks.Frame frame : thread.stack.frames()) {
                DumpClass type = heap.classById(frame.typeId());
                marks.reach(type == null ? -1 : type.number(), marks.trail().stackOf(thread));
            }
        }
    }

    /** Reaches a thread and all that it has, without waking it. */
    void all(DumpThread thread) {
        marks.reach(thread.object, marks.trail().stackOf(thread));
        stack(thread);
        whole(thread);
    }

    private void stack(DumpThread thread) {
        DumpClass type = heap.classOf(thread.object);
        boolean carrier = type != null && type.is("jdk.internal.misc.CarrierThread");
        for (int i = threads.from(thread); i < threads.to(thread); i++) {
            DumpThread carried = carrier && threads.held(i) >= 0 ? threads.of(threads.held(i)) : null;
            if (carried == null || !fates.isStuck(carried)) { // a carrier does nothing to the thread that it carries
                marks.reach(threads.held(i), marks.trail().stackOf(thread));
            }
        }
    }

    /** Follows also what was left out of a thread while it was suspended. */
    private void whole(DumpThread thread) {
        marks.follow(thread.object);
        for (int part : thread.parts) {
            if (marks.stageOf(part) != 0) {
                marks.follow(part);
            }
        }
    }

    @Override
    public Marks.Cut cut(int object) {
        DumpThread thread = threads.of(object);
        if (thread != null && isSuspended(thread)) {
            return Marks.Cut.LIKE_A_SUSPENDED_THREAD;
        }
        DumpThread whole = waiting.whole(object);
        return whole != null && isSuspended(whole) ? Marks.Cut.ALL : Marks.Cut.NONE;
    }

    /** A thread that goes on, or would, is reached by its own stack; what only interrupts it gets nothing from it. */
    @Override
    public void heldToInterrupt(int object) {
        DumpThread thread = object < 0 ? null : threads.of(object);
        if (thread == null || !fates.isStuck(thread)) {
            marks.reach(object, marks.scanned());
        } else if (marks.stage() == Marks.INTERRUPTED && fates.endsByInterrupt(thread)) {
            interrupt(thread, object);
        } else {
            interruptible.set(thread.index);
        }
    }

    private boolean isSuspended(DumpThread thread) {
        return fates.isStuck(thread) && (marks.stage() != Marks.INTERRUPTED || !fates.isInterrupted(thread));
    }

    /** Whether code of a thread that goes on has no class file, other than the JDK's. */
    boolean hadUnreadable() {
        return hadUnreadable;
    }

    /** What is reached. */
    Marks marks() {
        return marks;
    }

    /** What is decided of the threads so far. */
    Fates fates() {
        return fates;
    }
}
