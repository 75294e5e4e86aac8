package org.leaklab.heapdump.graph;

import java.util.List;
import java.util.function.IntPredicate;
import org.leaklab.heapdump.primitive.IntQueue;

/**
 * Weighs what holders keep in the heap: what would be freed if one of them, or all of a group, were gone. That is what
 * only they lead to.
 *
 * <p>Each holder has a colour, which spreads along references. An object that two holders of a group reach takes the
 * colour of their group, and one that two groups reach becomes shared, and so does all that it leads to. An object
 * changes at most three times, so this is linear.
 */
public final class Retained {

    private static final int NONE = 0;
    private static final int SHARED = -1;

    private final Heap heap;
    private final IntPredicate heldOtherwise;
    private final Edges edges;
    private final Sizes sizes;
    private final int[] colours;
    private final IntQueue queue = new IntQueue();
    private final Edges.Visitor spread = this::paint;

    /** The colour of the group that a colour belongs to: those of holders come first, then those of groups. */
    private int[] groups = {};

    /** What is being spread. */
    private int colour;

    /** Something that holds objects: a thread. */
    public interface Holder {

        /** Its own number. */
        int object();

        /** Visits what else it holds. */
        void eachHeld(Edges.Visitor visitor);
    }

    /** Bytes that each holder retains by itself, in the order in which they were given, and each group. */
    public record Weights(long[] ofHolder, long[] ofGroup) {}

    /**
     * For a dump.
     *
     * @param heldOtherwise which objects would stay if all holders were gone
     */
    public Retained(Heap heap, IntPredicate heldOtherwise) {
        this.heap = heap;
        this.heldOtherwise = heldOtherwise;
        this.edges = new Edges(heap);
        this.sizes = new Sizes(heap);
        this.colours = new int[heap.size()];
    }

    /** Weighs all holders of all groups; once. */
    public Weights weigh(List<List<Holder>> all) {
        int holders = all.stream().mapToInt(List::size).sum();
        int first = holders + 1; // the colour of the first group
        groups = new int[first + all.size()];
        int group = first;
        int holder = 0;
        for (List<Holder> members : all) {
            groups[group] = group;
            for (Holder member : members) {
                colour = ++holder;
                groups[colour] = group;
                paint(member.object());
                edges.each(member.object(), spread); // also when somebody else holds the object itself
                member.eachHeld(spread);
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
                long bytes = sizes.of(object);
                weights.ofGroup[groups[of] - first] += bytes;
                if (of < first) {
                    weights.ofHolder[of - 1] += bytes;
                }
            }
        }
        return weights;
    }

    private void paint(int object) {
        if (object < 0 || heldOtherwise.test(object)) {
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
