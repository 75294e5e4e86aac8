package org.leaklab.heapdump;

import java.util.Collection;
import java.util.List;

/**
 * Weighs what leaked threads keep in the heap: what would be freed if a thread, or all of a group, were gone. That is
 * what only their stacks and thread objects lead to.
 *
 * <p>Each thread has a colour, which spreads along references. An object that two threads of a group reach takes the
 * colour of their group, and one that two groups reach becomes shared, and so does all that it leads to. An object
 * changes at most three times, so this is linear.
 */
final class Retained {

    private static final int NONE = 0;
    private static final int SHARED = -1;

    private final Heap heap;
    private final DumpThreads threads;
    private final Marking marking;
    private final Edges edges;
    private final int[] colours;
    private final IntQueue queue = new IntQueue();
    private final Edges.Visitor spread = this::paint;

    /** The colour of the group that a colour belongs to: those of threads come first, then those of groups. */
    private int[] groups = {};

    /** What is being spread. */
    private int colour;

    /** Bytes that each thread retains by itself, by its index, and each group, in the order that was given. */
    record Weights(long[] ofThread, long[] ofGroup) {}

    Retained(Heap heap, DumpThreads threads, Marking marking) {
        this.heap = heap;
        this.threads = threads;
        this.marking = marking;
        this.edges = new Edges(heap);
        this.colours = new int[heap.size()];
    }

    /** Weighs all threads of all groups; once. */
    Weights weigh(Collection<List<DumpThread>> all) {
        int first = threads.all().size() + 1; // the colour of the first group
        groups = new int[first + all.size()];
        int group = first;
        for (List<DumpThread> members : all) {
            groups[group] = group;
            for (DumpThread thread : members) {
                colour = thread.index + 1;
                groups[colour] = group;
                paint(thread.object);
                edges.each(thread.object, spread); // also when somebody else holds the object itself
                for (int reference = thread.heldFrom; reference < thread.heldTo; reference++) {
                    paint(threads.held(reference));
                }
            }
            group++;
        }
        while (!queue.isEmpty()) {
            int object = queue.remove();
            colour = colours[object];
            edges.each(object, spread);
        }
        return sum(first);
    }

    private Weights sum(int first) {
        Weights weights = new Weights(new long[first - 1], new long[groups.length - first]);
        for (int object = 0; object < colours.length; object++) {
            int of = colours[object];
            if (of > 0) {
                long bytes = heap.heapBytes(object);
                weights.ofGroup[groups[of] - first] += bytes;
                if (of < first) {
                    weights.ofThread[of - 1] += bytes;
                }
            }
        }
        return weights;
    }

    private void paint(int object) {
        if (object < 0 || marking.stageOf(object) < Marking.INTERRUPTED) {
            return;
        }
        int before = colours[object];
        int after = before == NONE ? colour : join(before, colour);
        if (after != before) {
            colours[object] = after;
            queue.add(object);
        }
    }

    private int join(int one, int other) {
        if (one == other) {
            return one;
        }
        return one != SHARED && other != SHARED && groups[one] == groups[other] ? groups[one] : SHARED;
    }
}
