package org.leaklab.heapdump.suspect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Edges;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.ThreadFacts;
import org.leaklab.heapdump.primitive.IntMap;
import org.leaklab.heapdump.primitive.IntQueue;

/**
 * Marks what the roots of the JVM and the stacks of threads lead to, but for a group of threads whose own stacks do not
 * count. A thread leaves the group when something that it waits on is marked, or when the thread does that it waits
 * for; then its stack counts. It ends as soon as nobody of interest is left in the group.
 *
 * <p>The JDK's listings of threads do not count, nor do weak references, nor what the JDK keeps to wake a virtual
 * thread after its time, nor what keeps the thread of a forgotten {@code Timer}.
 */
final class Flood {

    private final Scene scene;
    private final Heap heap;
    private final ThreadFacts threads;
    private final Edges edges;
    private final BitSet marked;
    private final byte[] traits;
    private final IntQueue queue = new IntQueue();
    private final Set<DumpThread> group = new HashSet<>();
    private final IntMap<List<DumpThread>> keys = new IntMap<>();
    private final Map<DumpThread, List<DumpThread>> heirs = new HashMap<>();
    private final IntMap<DumpThread> parts = new IntMap<>();
    private final Set<Integer> cut = new HashSet<>();
    private final Set<Stack> stacks = new HashSet<>();
    private final Edges.Visitor reach = this::reach;

    /** The objects on which there is more to do than to mark them and to follow what they lead to. */
    private final BitSet special;

    /** What is being followed, or -1 for a root or a stack. */
    private int scanned = -1;

    /** Those of interest that are still in the group. */
    private final Set<DumpThread> asked = new HashSet<>();

    Flood(Scene scene) {
        this.scene = scene;
        this.heap = scene.heap;
        this.threads = scene.threads;
        this.edges = new Edges(heap);
        this.traits = heap.traits();
        this.marked = new BitSet(heap.size());
        this.special = new BitSet(heap.size());
        scene.leaked.forEach(this::addToGroup); // they never go on, so what they hold does not count
    }

    private void addToGroup(DumpThread thread) {
        group.add(thread);
        special.set(threads.object(thread));
        for (int part : threads.parts(thread)) {
            parts.put(part, thread);
            special.set(part);
        }
    }

    /**
     * Puts a thread into the group.
     *
     * @param isAsked whether it is of interest
     * @param through the objects that let it leave the group when they are marked
     */
    void add(DumpThread thread, boolean isAsked, int... through) {
        addToGroup(thread);
        for (int key : through) {
            List<DumpThread> waiting = keys.get(key);
            if (waiting == null) {
                waiting = new ArrayList<>(1);
                keys.put(key, waiting);
            }
            waiting.add(thread);
            special.set(key);
        }
        DumpThread owner = scene.of(thread).owner();
        if (owner != null) {
            heirs.computeIfAbsent(owner, ignored -> new ArrayList<>(1)).add(thread);
        }
        if (isAsked) {
            asked.add(thread);
        }
    }

    /** Leads nowhere from an object. */
    void cut(int object) {
        cut.add(object);
        special.set(object);
    }

    /** Those of interest that are left in the group. */
    Set<DumpThread> run() {
        heirs.forEach((owner, waiting) -> {
            if (!group.contains(owner)) {
                waiting.forEach(this::leave);
            }
        });
        for (int i = 0; i < heap.roots().count(); i++) {
            reach(heap.find(heap.roots().id(i)));
        }
        for (int object : threads.heldByNobody()) {
            reach(object);
        }
        for (DumpThread thread : threads.all()) {
            if (!group.contains(thread)) {
                stack(thread);
            }
        }
        while (!queue.isEmpty() && !asked.isEmpty()) {
            scan(queue.remove());
        }
        return asked;
    }

    private void leave(DumpThread thread) {
        if (scene.leaked.contains(thread) || !group.remove(thread)) {
            return;
        }
        asked.remove(thread);
        stack(thread);
        for (int part : threads.parts(thread)) {
            if (marked.get(part)) {
                queue.add(part);
            }
        }
        heirs.getOrDefault(thread, List.of()).forEach(this::leave);
    }

    private void stack(DumpThread thread) {
        int before = scanned;
        scanned = -1;
        reach(threads.object(thread));
        queue.add(threads.object(thread)); // once more, if it was marked while it was in the group
        if (stacks.add(thread.stack())) { // most threads share theirs; code gets at the static fields of its class
            for (Stacks.Frame frame : thread.stack().frames()) {
                DumpClass type = heap.classById(frame.typeId());
                reach(type == null ? -1 : type.number());
            }
        }
        boolean carries = scene.is(threads.object(thread), NoCarrier.CARRIER);
        threads.eachHeld(thread, object -> {
            DumpThread carried = carries && object >= 0 ? threads.of(object) : null;
            if (carried == null || !group.contains(carried)) {
                reach(object);
            }
        });
        scanned = before;
    }

    private void reach(int object) {
        if (object < 0 || marked.get(object)) {
            return;
        }
        boolean isSpecial = special.get(object);
        if (isSpecial && scanned >= 0 && doesNotCount(scene, scanned, object)) {
            return;
        }
        marked.set(object);
        if (isSpecial || (traits[object] & Heap.LEAF) == 0) {
            queue.add(object);
        }
        List<DumpThread> waiting = isSpecial ? keys.get(object) : null;
        if (waiting != null) {
            waiting.forEach(this::leave);
        }
    }

    /** Whether a reference is only there to wake a virtual thread after its time, or to end the thread of a timer. */
    private static boolean doesNotCount(Scene scene, int from, int to) {
        String type = scene.heap.isClass(from) ? "" : scene.heap.typeName(from);
        return type.equals("java.util.Timer$ThreadReaper")
                || type.startsWith("java.lang.VirtualThread$") && scene.threads.of(to) != null;
    }

    /** Whether a step on which the judgement came to an object is one that is taken here too. */
    static boolean counts(Scene scene, int from, int to) {
        DumpClass type = scene.heap.isClass(from) ? null : scene.heap.classOf(from);
        boolean isPlain = type == null || !type.isFinalizer() && !type.hasHandles();
        return isPlain && !doesNotCount(scene, from, to);
    }

    private void scan(int object) {
        scanned = object;
        if (special.get(object) && isHeldBack(object)) {
            return;
        }
        edges.each(object, reach);
    }

    /** Whether an object leads to nothing, or to less than it refers to. */
    private boolean isHeldBack(int object) {
        DumpThread thread = threads.of(object);
        if (thread != null && group.contains(thread)) {
            edges.ofSuspended(object, reach);
            return true;
        }
        DumpThread whole = parts.get(object);
        return cut.contains(object) || whole != null && group.contains(whole);
    }
}
