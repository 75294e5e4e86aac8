package org.leaklab.heapdump;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.Reason;
import org.leaklab.heapdump.Findings.SuspectThread;
import org.leaklab.heapdump.Findings.ThreadName;
import org.leaklab.heapdump.Findings.UnknownThread;
import org.leaklab.heapdump.Findings.Verdict;
import org.leaklab.heapdump.graph.DumpJdk;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.graph.Retained;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks.Frame;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.Judgement;
import org.leaklab.heapdump.judge.ThreadVerdict;
import org.leaklab.heapdump.suspect.Suspect;
import org.leaklab.heapdump.suspect.Suspects;

/** Sums up what was judged of a dump, in the public records: counts threads, groups those that look alike, weighs. */
final class Summary {

    private static final int OLDEST = 21;

    private final Heap heap;
    private final Analysis analysis;
    private final Judgement judgement;
    private final Confirmation confirmation;

    /** Stacks as they are shown, one list for all threads that share one. */
    private final Map<Stack, List<StackTraceElement>> elements = new HashMap<>();

    Summary(Heap heap, Analysis analysis, Judgement judgement, Confirmation confirmation) {
        this.confirmation = confirmation;
        this.heap = heap;
        this.analysis = analysis;
        this.judgement = judgement;
    }

    private record Likeness(
            boolean virtual,
            Cause cause,
            Verdict verdict,
            @Nullable String blocker,
            Stack stack) {}

    Findings findings() {
        List<DumpThread> all = judgement.threads();
        String cannotTell = cannotTell();
        List<DumpThread> leaked = cannotTell != null ? List.of() : judgement.leaked();
        List<Likeness> likenesses = leaked.stream().map(this::likeness).toList();
        Map<Likeness, List<DumpThread>> alike = new LinkedHashMap<>();
        for (int i = 0; i < leaked.size(); i++) {
            alike.computeIfAbsent(likenesses.get(i), ignored -> new ArrayList<>())
                    .add(leaked.get(i));
        }
        Weights weights = weigh(alike);
        List<Suspect> suspects = cannotTell != null ? List.of() : Suspects.of(heap, analysis.sources(), judgement);
        Set<DumpThread> told = new HashSet<>(leaked);
        suspects.forEach(suspect -> told.add(suspect.thread()));
        int virtual = (int) all.stream().filter(DumpThread::isVirtual).count();
        return new Findings(
                heap.takenAt(),
                DumpJdk.version(heap),
                states(),
                all.size() - virtual,
                virtual,
                (int) all.stream()
                        .filter(thread -> judgement.of(thread).isSuspended())
                        .count(),
                threads(leaked, likenesses, weights),
                groups(alike, weights),
                new Circles(heap, judgement).of(leaked),
                suspects(suspects),
                new WaitingGroups(heap, judgement, this::elements).of(told),
                unknown(),
                cannotTell,
                notes());
    }

    private Likeness likeness(DumpThread thread) {
        return new Likeness(thread.isVirtual(), cause(thread), verdict(thread), blocker(thread), thread.stack());
    }

    private @Nullable String cannotTell() {
        int release = DumpJdk.release(heap);
        if (release > 0 && release < OLDEST) {
            return "this dump is of JDK " + release + ", and how threads wait is known for JDK " + OLDEST
                    + " and newer";
        }
        if (judgement.isWithoutStacks()) {
            return "no thread in this dump has a stack, so nothing tells what threads wait for: take the dump with jcmd PID"
                    + " GC.heap_dump FILE";
        }
        if (judgement.isBlanked()) {
            return "no thread in this dump has a state: its numbers were overwritten, as tools do that remove secrets, so"
                    + " take a dump that is whole";
        }
        int without = judgement.stackless();
        return without == 0
                ? null
                : without + (without == 1 ? " virtual thread has" : " virtual threads have")
                        + " no stack in this dump, and may hold what others wait for; a JDK before 22 never writes them,"
                        + " so take the dump on a newer one";
    }

    /** Bytes that threads retain, by their index, and groups, in the order of the groups. */
    private record Weights(long[] ofThread, long[] ofGroup) {}

    private Weights weigh(Map<Likeness, List<DumpThread>> alike) {
        if (alike.isEmpty()) {
            return new Weights(new long[0], new long[0]);
        }
        List<List<Retained.Holder>> holders = alike.values().stream()
                .map(members -> members.stream().map(judgement::holder).toList())
                .toList();
        Retained.Weights weights = new Retained(heap, judgement::isHeldOtherwise).weigh(holders);
        long[] ofThread = new long[judgement.threads().size()];
        int holder = 0;
        for (List<DumpThread> members : alike.values()) {
            for (DumpThread thread : members) {
                ofThread[thread.index()] = weights.ofHolder()[holder++];
            }
        }
        return new Weights(ofThread, weights.ofGroup());
    }

    private List<UnknownThread> unknown() {
        List<UnknownThread> found = new ArrayList<>();
        for (DumpThread thread : judgement.threads()) {
            String why = judgement.of(thread).unknown();
            if (why != null) {
                found.add(new UnknownThread(
                        thread.id(), thread.name(), thread.isVirtual(), why, elements(thread.stack())));
            }
        }
        return List.copyOf(found);
    }

    private List<SuspectThread> suspects(List<Suspect> suspects) {
        return suspects.stream()
                .map(suspect -> new SuspectThread(
                        suspect.thread().id(),
                        suspect.thread().name(),
                        suspect.thread().isVirtual(),
                        Reason.valueOf(suspect.suspicion().name()),
                        suspect.because(),
                        elements(suspect.thread().stack())))
                .toList();
    }

    private List<LeakedThread> threads(List<DumpThread> leaked, List<Likeness> likenesses, Weights weights) {
        List<LeakedThread> found = new ArrayList<>(leaked.size());
        for (int i = 0; i < leaked.size(); i++) {
            DumpThread thread = leaked.get(i);
            Likeness likeness = likenesses.get(i);
            found.add(new LeakedThread(
                    thread.id(),
                    thread.name(),
                    thread.isVirtual(),
                    thread.state(),
                    likeness.cause(),
                    likeness.verdict(),
                    confirmation.of(thread),
                    likeness.blocker(),
                    owner(thread),
                    weights.ofThread()[thread.index()],
                    elements(thread.stack())));
        }
        return List.copyOf(found);
    }

    private List<LeakedGroup> groups(Map<Likeness, List<DumpThread>> alike, Weights weights) {
        List<LeakedGroup> groups = new ArrayList<>();
        alike.forEach((likeness, members) -> groups.add(new LeakedGroup(
                members.size(),
                likeness.virtual(),
                likeness.cause(),
                likeness.verdict(),
                likeness.blocker(),
                members.stream().map(DumpThread::name).toList(),
                weights.ofGroup()[groups.size()],
                likeness.verdict() == Verdict.CERTAIN ? List.of() : heldBy(members.getFirst()),
                elements(likeness.stack()))));
        groups.sort(Comparator.comparingInt(LeakedGroup::count)
                .thenComparing(LeakedGroup::retainedBytes)
                .reversed());
        return List.copyOf(groups);
    }

    private List<StackTraceElement> elements(Stack stack) {
        return elements.computeIfAbsent(stack, Summary::elementsOf);
    }

    static List<StackTraceElement> elementsOf(Stack stack) {
        return stack.frames().stream().map(Frame::element).toList();
    }

    private List<String> heldBy(DumpThread thread) {
        String reservation =
                judgement.of(thread).canBeInterrupted() ? null : confirmation.reservation(thread, judgement);
        return reservation == null ? judgement.wayTo(thread) : List.of(reservation);
    }

    private Verdict verdict(DumpThread thread) {
        return judgement.of(thread).canBeInterrupted() || confirmation.reservation(thread, judgement) != null
                ? Verdict.UNLESS_INTERRUPTED
                : Verdict.CERTAIN;
    }

    private @Nullable String blocker(DumpThread thread) {
        int blocker = judgement.of(thread).blocker();
        return blocker < 0 ? null : heap.typeName(blocker);
    }

    private Cause cause(DumpThread thread) {
        ThreadVerdict verdict = judgement.of(thread);
        if (verdict.waitsForInitializer()) {
            return Cause.CLASS_INITIALIZATION;
        }
        return verdict.waitsForOwner() ? Cause.DEADLOCK : Cause.UNREACHABLE;
    }

    private @Nullable ThreadName owner(DumpThread thread) {
        ThreadVerdict verdict = judgement.of(thread);
        DumpThread owner = verdict.waitsForOwner() ? verdict.owner() : null;
        return owner == null ? null : new ThreadName(owner.id(), owner.name());
    }

    private Map<String, Integer> states() {
        record Kind(boolean isVirtual, Thread.State state) {}
        Map<Kind, Integer> counts = new HashMap<>();
        for (DumpThread thread : judgement.threads()) {
            counts.merge(new Kind(thread.isVirtual(), thread.state()), 1, Integer::sum);
        }
        Map<String, Integer> states = new TreeMap<>();
        counts.forEach((kind, count) -> {
            String state = kind.state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            states.put((kind.isVirtual ? "virtual, " : "platform, ") + state, count);
        });
        return states;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(confirmation.notes());
        if (judgement.holdsGarbage()) {
            notes.add("This dump holds garbage: one of live objects only says more surely who is alive.");
        }
        return List.copyOf(notes);
    }
}
