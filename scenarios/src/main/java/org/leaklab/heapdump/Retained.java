package org.leaklab.heapdump;

import java.util.Arrays;
import java.util.List;

/**
 * Weighs what leaked threads keep in the heap: what would be freed if a set of threads were gone. That is what only
 * their stacks and thread objects lead to.
 *
 * <p>Each set has a colour, which spreads along references; an object that two colours reach becomes shared, and so
 * does all that it leads to. An object changes at most twice, so this is linear.
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

    /** What is being spread. */
    private int colour;

    Retained(Heap heap, DumpThreads threads, Marking marking) {
        this.heap = heap;
        this.threads = threads;
        this.marking = marking;
        this.edges = new Edges(heap);
        this.colours = new int[heap.size()];
    }

    /** Bytes that each set retains by itself. */
    long[] weigh(List<List<DumpThread>> sets) {
        Arrays.fill(colours, NONE);
        for (int i = 0; i < sets.size(); i++) {
            colour = i + 1;
            for (DumpThread thread : sets.get(i)) {
                paint(thread.object);
                edges.each(thread.object, spread); // also when somebody else holds the object itself
                for (int reference = thread.heldFrom; reference < thread.heldTo; reference++) {
                    paint(threads.held(reference));
                }
            }
        }
        while (!queue.isEmpty()) {
            int object = queue.remove();
            colour = colours[object];
            edges.each(object, spread);
        }
        long[] bytes = new long[sets.size()];
        for (int object = 0; object < colours.length; object++) {
            if (colours[object] > 0) {
                bytes[colours[object] - 1] += heap.heapBytes(object);
            }
        }
        return bytes;
    }

    private void paint(int object) {
        if (object < 0 || marking.stageOf(object) < Marking.INTERRUPTED) {
            return;
        }
        int before = colours[object];
        int after = before == NONE ? colour : before == colour ? before : SHARED;
        if (after != before) {
            colours[object] = after;
            queue.add(object);
        }
    }
}
