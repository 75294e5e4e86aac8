package org.leaklab.heapdump;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.evidence.JsonThreadDump;
import org.leaklab.heapdump.evidence.ThreadEvidence;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.Judgement;
import org.leaklab.heapdump.judge.SecondLook;
import org.leaklab.heapdump.judge.SecondLook.Seen;

/**
 * Analyses the dump of a process, and looks at the process again before anything is called leaked: who has gone on is
 * dropped, and the rest is judged anew without it.
 */
final class LiveAnalysis {

    private final RunningJvm jvm;
    private final Analysis analysis;
    private final HeapDump.Progress progress;

    LiveAnalysis(RunningJvm jvm, Analysis analysis, HeapDump.Progress progress) {
        this.jvm = jvm;
        this.analysis = analysis;
        this.progress = progress;
    }

    /**
     * Returns the findings of the last dump.
     *
     * @param again whether to take a second dump if there are leaked threads; then the findings are those of this one
     */
    Findings findings(boolean again) throws IOException {
        Findings first = read(Map.of());
        if (!again || first.leaked().isEmpty()) {
            return first;
        }
        Map<Long, List<StackTraceElement>> stacks = new HashMap<>();
        for (LeakedThread thread : first.leaked()) {
            stacks.put(thread.id(), thread.stack());
        }
        jvm.dump();
        return read(stacks);
    }

    private Findings read(Map<Long, List<StackTraceElement>> first) throws IOException {
        return HeapDump.read(jvm.file(), analysis, progress, heap -> lookAgain(heap, first));
    }

    /**
     * Judges, and looks again.
     *
     * @param first the stacks of those that were leaked in an earlier dump, by identifier
     */
    private Findings lookAgain(Heap heap, Map<Long, List<StackTraceElement>> first) throws IOException {
        ThreadEvidence evidence = jvm.evidence();
        Judgement judgement = Judgement.of(heap, analysis.sources(), evidence, progress::at);
        List<DumpThread> leaked = leaked(judgement);
        if (leaked.isEmpty()) {
            List<String> notes = notes(gone(first, leaked), 0, false);
            return new Summary(heap, analysis, judgement, new Confirmation(true, Set.of(), notes)).findings();
        }
        SecondLook look = new SecondLook(
                evidence.print(),
                jvm.print(),
                leaked.stream().anyMatch(DumpThread::isVirtual) ? virtualThreads() : null,
                judgement.listsVirtualThreads());
        int dropped = 0;
        for (Set<Long> wentOn = wentOn(leaked, look); !wentOn.isEmpty(); wentOn = wentOn(leaked, look)) {
            dropped += wentOn.size();
            evidence.goOn(wentOn);
            judgement = Judgement.of(heap, analysis.sources(), evidence, progress::at);
            leaked = leaked(judgement);
        }
        Set<Long> confirmed = new HashSet<>();
        for (DumpThread thread : leaked) {
            List<StackTraceElement> before = first.get(thread.id());
            boolean same = before != null && before.equals(Summary.elementsOf(thread.stack()));
            if (thread.id() > 0 && (same || look.of(thread) == Seen.STILL)) {
                confirmed.add(thread.id());
            }
        }
        int open = leaked.size() - confirmed.size();
        List<String> notes = notes(Math.max(dropped, gone(first, leaked)), open, !first.isEmpty());
        return new Summary(heap, analysis, judgement, new Confirmation(true, confirmed, notes)).findings();
    }

    /** Another JSON dump, or null if there is none: then virtual threads are not confirmed. */
    private @Nullable JsonThreadDump virtualThreads() {
        try {
            return jvm.writesVirtualThreads() ? jvm.virtualThreads() : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** How many that were leaked in an earlier dump are not leaked any more. */
    private static int gone(Map<Long, List<StackTraceElement>> first, List<DumpThread> leaked) {
        Set<Long> gone = new HashSet<>(first.keySet());
        leaked.forEach(thread -> gone.remove(thread.id()));
        return gone.size();
    }

    private static List<DumpThread> leaked(Judgement judgement) {
        return judgement.stackless() > 0 ? List.of() : judgement.leaked();
    }

    private static Set<Long> wentOn(List<DumpThread> leaked, SecondLook look) {
        Set<Long> ids = new HashSet<>();
        for (DumpThread thread : leaked) {
            if (look.of(thread) == Seen.WENT_ON) {
                ids.add(thread.id());
            }
        }
        return ids;
    }

    private static List<String> notes(int dropped, int open, boolean second) {
        List<String> notes = new ArrayList<>();
        if (dropped > 0) {
            notes.add((dropped == 1 ? "1 thread that looked leaked has" : dropped + " threads that looked leaked have")
                    + " gone on since, and " + (dropped == 1 ? "is" : "are") + " not listed as leaked.");
        }
        if (open > 0) {
            String them = open == 1 ? "it" : "them";
            String why = second
                    ? (open == 1 ? "it was" : "they were") + " not leaked in the first dump."
                    : "nothing but another dump shows " + them + " a second time. --confirm takes one and compares.";
            notes.add((open == 1 ? "1 leaked thread is" : open + " leaked threads are") + " not confirmed: " + why);
        }
        return notes;
    }
}
