package org.leaklab.heapdump.judge;

import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Edges;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.ProgressListener;
import org.leaklab.heapdump.primitive.IntQueue;
import org.leaklab.heapdump.primitive.Ints;

/**
 * Which objects are reached, in which stage and by what: the worklist of the marking. A stage is as strong as its
 * number is low; an object that a stronger one has reached is not reached again. {@link Marking} says where each stage
 * begins, and {@link Wakes} which threads that wakes.
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

    private final ProgressListener progress;
    private final Traits traits;
    private final Trail trail;
    private final IntQueue queue = new IntQueue();

    /** References of any strength that were seen, and what else leads on by fields that were left out. */
    private final Ints references = new Ints();

    private final Cases cases;
    private final Edges edges;
    private int scanned;
    private final Edges.Visitor reached = object -> reach(object, scanned);
    private int stage = ALIVE;
    private String doubt = "";
    private long marked;

    /** Of a dump; forgets what an earlier judgement has noted of its objects. */
    Marks(Heap heap, DumpThreads threads, Cases cases, ProgressListener progress) {
        this.cases = cases;
        this.progress = progress;
        this.traits = new Traits(heap);
        this.trail = new Trail(heap, threads);
        this.edges = new Edges(heap);
        traits.forget();
    }

    /** Hears of the objects that are cases: there is more to do with them than to follow what they lead to. */
    interface Cases {

        /** One was reached. */
        void reached(int object);

        /**
         * Whether a reference leads to nothing, or only to objects that code can get from a suspended thread that it
         * holds.
         */
        Cut cut(int object);

        /** Something reached holds an object that may be a thread, only to interrupt it. */
        void heldToInterrupt(int object);

        /** Lets a thread go on that was woken; returns whether there was one. */
        boolean next();
    }

    /** How much of an object is followed. */
    enum Cut {
        NONE,
        LIKE_A_SUSPENDED_THREAD,
        ALL
    }

    /** Makes an object a case. */
    void setCase(int object) {
        traits.setCase(object);
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

    /** Why threads go on that are woken now, if that is in doubt. */
    String doubt() {
        return doubt;
    }

    int stage() {
        return stage;
    }

    /** References of any strength that were seen, and what else leads on by fields that were left out; grows. */
    Ints references() {
        return references;
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
        while (true) {
            if (cases.next()) {
                continue;
            }
            if (queue.isEmpty()) {
                return;
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
            cases.reached(object);
        }
    }

    private void scan(int object) {
        scanned = object;
        Cut cut = traits.isCase(object) && stage != LEFT ? cases.cut(object) : Cut.NONE;
        if (cut == Cut.LIKE_A_SUSPENDED_THREAD) {
            edges.ofSuspended(object, reached);
        }
        if (cut != Cut.NONE) {
            return;
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
            edges.handles(object, type, cases::heldToInterrupt);
        }
    }

    /** Follows an object, again if it was followed while something of it was cut. */
    void follow(int object) {
        queue.add(object);
    }

    /** What is being followed. */
    int scanned() {
        return scanned;
    }

    /** The stage in which an object was reached, or 0. */
    int stageOf(int object) {
        return traits.stage(object);
    }

    /** What led to each object. */
    Trail trail() {
        return trail;
    }
}
