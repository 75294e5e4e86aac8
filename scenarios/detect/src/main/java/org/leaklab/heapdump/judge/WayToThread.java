package org.leaklab.heapdump.judge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.leaklab.heapdump.graph.Edges;
import org.leaklab.heapdump.graph.Heap;

/** The way on which the marking came to an object first, which is a shortest one, in words. */
final class WayToThread {

    private static final int LONGEST = 1000;

    private final Heap heap;
    private final Marking marking;
    private final Edges edges;

    WayToThread(Heap heap, Marking marking) {
        this.heap = heap;
        this.marking = marking;
        this.edges = new Edges(heap);
    }

    /** A step an object, the root first; the last says which field holds the object. */
    List<String> to(int object) {
        List<String> steps = new ArrayList<>();
        int at = object;
        int by = marking.trail().from(at);
        while (by >= 0 && steps.size() < LONGEST) {
            steps.add(step(by, at));
            at = by;
            by = marking.trail().from(at);
        }
        steps.add(marking.trail().word(by) + (steps.isEmpty() ? "" : ":"));
        Collections.reverse(steps);
        return List.copyOf(steps);
    }

    private String step(int from, int to) {
        String[] field = {""};
        edges.named(from, (name, object) -> {
            if (object == to && field[0].isEmpty()) {
                field[0] = name;
            }
        });
        boolean isClass = heap.isClass(from);
        String type = heap.typeName(from);
        if (!isClass && type.endsWith("[]") && field[0].startsWith("[")) {
            return type.substring(0, type.length() - 2) + field[0];
        }
        return (isClass ? "static " : "") + type + (field[0].isEmpty() ? ", by a weak reference" : field[0]);
    }
}
