package org.leaklab.heapdump;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings.ThreadName;
import org.leaklab.heapdump.Findings.WaitingGroup;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.Judgement;
import org.leaklab.heapdump.judge.ThreadVerdict;

/** Groups the threads that wait without a timeout for what may still happen, with what holds the thing they wait on. */
final class WaitingGroups {

    private final Heap heap;
    private final Judgement judgement;
    private final Function<Stack, List<StackTraceElement>> elements;

    WaitingGroups(Heap heap, Judgement judgement, Function<Stack, List<StackTraceElement>> elements) {
        this.heap = heap;
        this.judgement = judgement;
        this.elements = elements;
    }

    private record Likeness(
            boolean virtual,
            @Nullable String blocker,
            @Nullable DumpThread owner,
            Stack stack) {}

    /** Returns the groups, the largest first, without some threads and without those that are unknown. */
    List<WaitingGroup> of(Set<DumpThread> others) {
        Map<Likeness, List<DumpThread>> alike = new LinkedHashMap<>();
        for (DumpThread thread : judgement.threads()) {
            ThreadVerdict verdict = judgement.of(thread);
            if (verdict.isSuspended() && verdict.unknown() == null && !others.contains(thread)) {
                String blocker = verdict.blocker() < 0 ? null : heap.typeName(verdict.blocker());
                Likeness likeness = new Likeness(thread.isVirtual(), blocker, verdict.owner(), thread.stack());
                alike.computeIfAbsent(likeness, ignored -> new ArrayList<>()).add(thread);
            }
        }
        return alike.entrySet().stream()
                .map(group -> group(group.getKey(), group.getValue()))
                .sorted(Comparator.comparingInt(
                                (WaitingGroup group) -> group.threads().size())
                        .reversed())
                .toList();
    }

    private WaitingGroup group(Likeness likeness, List<DumpThread> threads) {
        return new WaitingGroup(
                threads.stream()
                        .map(thread -> new ThreadName(thread.id(), thread.name()))
                        .toList(),
                likeness.virtual(),
                likeness.blocker(),
                heldBy(threads.getFirst()),
                elements.apply(likeness.stack()));
    }

    private List<String> heldBy(DumpThread thread) {
        ThreadVerdict verdict = judgement.of(thread);
        if (verdict.waitsOnPurpose()) {
            return List.of("it keeps the process alive: main waits in its own code");
        }
        DumpThread owner = verdict.owner();
        if (owner == null) {
            return judgement.wayToBlocker(thread);
        }
        String initializes =
                verdict.waitsForInitializer() ? ", which initializes class " + heap.typeName(verdict.blocker()) : "";
        return List.of("thread \"" + owner.name() + "\"" + initializes);
    }
}
