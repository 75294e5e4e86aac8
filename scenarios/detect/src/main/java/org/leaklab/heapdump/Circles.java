package org.leaklab.heapdump;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings.Circle;
import org.leaklab.heapdump.Findings.Link;
import org.leaklab.heapdump.Findings.ThreadName;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stacks.Frame;
import org.leaklab.heapdump.judge.DumpThread;

/**
 * Finds the circles of threads each of which waits for the next one: each waits for one owner, so a walk finds them.
 */
final class Circles {

    private Circles() {}

    /** Returns each circle once, in the order of its first thread. */
    static List<Circle> of(List<DumpThread> leaked, Heap heap) {
        Set<DumpThread> walked = new HashSet<>();
        List<Circle> circles = new ArrayList<>();
        for (DumpThread first : leaked) {
            if (next(first) == null) {
                continue;
            }
            List<DumpThread> path = new ArrayList<>();
            DumpThread at = first;
            while (at != null && walked.add(at)) {
                path.add(at);
                at = next(at);
            }
            int begin = at == null ? -1 : path.indexOf(at);
            if (begin >= 0) {
                circles.add(new Circle(path.subList(begin, path.size()).stream()
                        .map(thread -> link(thread, heap))
                        .toList()));
            }
        }
        return List.copyOf(circles);
    }

    private static @Nullable DumpThread next(DumpThread thread) {
        return thread.waitsForOwner() ? thread.owner() : null;
    }

    private static Link link(DumpThread thread, Heap heap) {
        DumpThread owner = thread.owner() == null ? thread : thread.owner(); // never null in a circle
        return new Link(name(thread), wants(thread, owner, heap), place(thread), name(owner));
    }

    private static String wants(DumpThread thread, DumpThread owner, Heap heap) {
        if (thread.waitsForEnd()) {
            return "the end of \"" + owner.name() + "\"";
        }
        String type = thread.blocker() < 0 ? "a lock" : heap.typeName(thread.blocker());
        return thread.waitsForInitializer() ? "the initialization of class " + type : type;
    }

    private static ThreadName name(DumpThread thread) {
        return new ThreadName(thread.id(), thread.name());
    }

    private static String place(DumpThread thread) {
        Frame caller = thread.stack().caller();
        Frame at = caller == null ? thread.stack().top() : caller;
        return at == null ? "" : at.element().toString();
    }
}
