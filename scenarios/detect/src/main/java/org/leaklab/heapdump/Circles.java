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
import org.leaklab.heapdump.judge.Judgement;
import org.leaklab.heapdump.judge.ThreadVerdict;

/**
 * Finds the circles of threads each of which waits for the next one: each waits for one owner, so a walk finds them.
 */
final class Circles {

    private final Heap heap;
    private final Judgement judgement;

    Circles(Heap heap, Judgement judgement) {
        this.heap = heap;
        this.judgement = judgement;
    }

    /** Returns each circle once, in the order of its first thread. */
    List<Circle> of(List<DumpThread> leaked) {
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
                        .map(this::link)
                        .toList()));
            }
        }
        return List.copyOf(circles);
    }

    private @Nullable DumpThread next(DumpThread thread) {
        ThreadVerdict verdict = judgement.of(thread);
        return verdict.waitsForOwner() ? verdict.owner() : null;
    }

    private Link link(DumpThread thread) {
        DumpThread next = next(thread);
        DumpThread owner = next == null ? thread : next; // never null in a circle
        return new Link(name(thread), wants(judgement.of(thread), owner), place(thread), name(owner));
    }

    private String wants(ThreadVerdict verdict, DumpThread owner) {
        if (verdict.waitsForEnd()) {
            return "the end of \"" + owner.name() + "\"";
        }
        String type = verdict.blocker() < 0 ? "a lock" : heap.typeName(verdict.blocker());
        return verdict.waitsForInitializer() ? "the initialization of class " + type : type;
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
