package org.leaklab.heapdump.judge;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.code.Sources;
import org.leaklab.heapdump.evidence.ThreadEvidence;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Edges;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.graph.Retained;
import org.leaklab.heapdump.hprof.ProgressListener;
import org.leaklab.heapdump.hprof.Stacks;

/**
 * Which threads of a dump can never be woken. It is judged once, in these steps: {@link DumpThreads} reads the threads,
 * {@link Blockers} and {@link Initializers} say what each waits for, {@link Heirs} who waits for whom, and
 * {@link Marking} decides who can be woken.
 */
public final class Judgement {

    /** In place of the line of a native method, as {@link StackTraceElement} has it. */
    private static final int NATIVE = -2;

    /** A way of more steps is not followed: a long list. */
    private static final int LONGEST = 1_000;

    private final Heap heap;
    private final DumpThreads threads;
    private final Marking marking;
    private final boolean hadInFlight;

    /** By index of the thread. */
    private final ThreadVerdict[] verdicts;

    private Judgement(Heap heap, DumpThreads threads, ThreadWaits waits, Heirs heirs, Marking marking) {
        this.heap = heap;
        this.threads = threads;
        this.marking = marking;
        this.verdicts = threads.all().stream()
                .map(thread -> new ThreadVerdict(thread, waits.of(thread), heirs.keeper(thread), marking.fates()))
                .toArray(ThreadVerdict[]::new);
        this.hadInFlight = threads.all().stream().anyMatch(this::runs);
    }

    /** The {@linkplain DumpClass#kind kind} of a class. */
    public static int kind(DumpClass type) {
        return Role.find(type).ordinal();
    }

    /**
     * Judges the threads of a dump.
     *
     * @param sources where class files may be read from
     * @param evidence what the process said of its threads beside the dump
     */
    public static Judgement of(Heap heap, Sources sources, ThreadEvidence evidence, ProgressListener progress) {
        DumpThreads threads = new DumpThreads(heap);
        try (Bytecode bytecode = new Bytecode(heap, sources)) {
            Testimony testimony = new Testimony(heap, threads, evidence);
            ThreadWaits parked = ThreadWaits.of(threads, new Blockers(heap, threads, bytecode, testimony)::of);
            ThreadWaits known = parked.with(new Initializers(heap, threads).of(parked, testimony.print(), bytecode))
                    .with(testimony.moved());
            CompiledFrames frames = new CompiledFrames(heap, threads, bytecode, evidence.compiled());
            Owners owners = new Owners(heap, threads, bytecode, known, testimony.owners());
            ThreadWaits waits = owners.waits();
            Heirs heirs = new Heirs(waits, owners, grounded(heap, threads, owners, frames, progress));
            Marking marking = new Marking(heap, threads, waits, heirs, frames, progress);
            return new Judgement(heap, threads, waits, heirs, marking);
        }
    }

    /** Those that nobody can wake even if everybody goes on who waits for a monitor whose owner is not known. */
    private static Set<DumpThread> grounded(
            Heap heap, DumpThreads threads, Owners owners, CompiledFrames frames, ProgressListener progress) {
        ThreadWaits waits = owners.waits();
        Map<DumpThread, ThreadWait> goOn = waits.entering()
                .collect(Collectors.toMap(
                        thread -> thread,
                        thread -> ThreadWait.explained(waits.of(thread).what())));
        if (goOn.isEmpty()) {
            return Set.of();
        }
        ThreadWaits without = waits.with(goOn);
        Heirs heirs = new Heirs(without, owners, Set.of());
        Fates fates = new Marking(heap, threads, without, heirs, frames, progress).fates();
        return without.candidates().filter(fates::isStuck).collect(Collectors.toSet());
    }

    /** All threads that have been started and have not ended. */
    public List<DumpThread> threads() {
        return threads.all();
    }

    /** What is judged of a thread. */
    public ThreadVerdict of(DumpThread thread) {
        return verdicts[thread.index];
    }

    /** Those that nobody can wake. Says nothing while there is a thread {@linkplain #stackless() without a stack}. */
    public List<DumpThread> leaked() {
        return threads.all().stream().filter(thread -> of(thread).isLeaked()).toList();
    }

    /** Whether no thread has a stack. */
    public boolean isWithoutStacks() {
        return threads.areWithoutStacks();
    }

    /** Whether no thread that runs has a state: somebody has overwritten the numbers of the dump. */
    public boolean isBlanked() {
        return threads.areBlanked();
    }

    /** Whether the JVM lists all virtual threads; with {@code jdk.trackAllThreads=false} it does not. */
    public boolean listsVirtualThreads() {
        DumpClass root = heap.classByName("jdk.internal.vm.ThreadContainers$RootContainer");
        int container = root == null ? -1 : new Fields(heap).staticReference(root, "INSTANCE");
        return container >= 0 && heap.typeName(container).endsWith("$TrackingRootContainer");
    }

    /**
     * Whether a thread was running code of Java while the dump was written. It could have had an object in flight, that
     * is, where no dump shows it.
     */
    public boolean hadInFlight() {
        return hadInFlight;
    }

    private boolean runs(DumpThread thread) {
        Stacks.Frame top = thread.stack.top();
        return thread.state == Thread.State.RUNNABLE
                && !of(thread).isSuspended()
                && top != null
                && top.element().getLineNumber() != NATIVE
                && !top.isOf("jdk.internal.vm.Continuation");
    }

    /** Whether code of a thread that goes on has no class file, other than the JDK's: it is not seen what it uses. */
    public boolean hadUnreadable() {
        return marking.hadUnreadable();
    }

    /** How many virtual threads have begun to run and have no stack in the dump: each may hold what others wait for. */
    public int stackless() {
        return threads.stackless();
    }

    /** What the dump shows of the threads beside what was judged. */
    public ThreadFacts facts() {
        return new ThreadFacts(heap, threads, this);
    }

    /** Whether an object would stay if all leaked threads were gone. */
    public boolean isHeldOtherwise(int object) {
        return marking.stageOf(object) < Marks.INTERRUPTED;
    }

    /** A thread with all that its stack holds. */
    public Retained.Holder holder(DumpThread thread) {
        return new Stack(threads, thread);
    }

    private record Stack(DumpThreads threads, DumpThread thread) implements Retained.Holder {

        @Override
        public int object() {
            return thread.object;
        }

        @Override
        public void eachHeld(Edges.Visitor visitor) {
            threads.eachHeld(thread, visitor);
        }
    }

    /** The shortest way from a root to what an interrupt could reach a thread through, a step each. */
    public List<String> wayTo(DumpThread thread) {
        return new WayToThread(heap, marking).to(of(thread).through());
    }

    /** The shortest way from a root to what a thread waits on, a step each; none if no way was seen. */
    public List<String> wayToBlocker(DumpThread thread) {
        int blocker = of(thread).blocker() < 0 ? thread.object : of(thread).blocker();
        int stage = marking.stageOf(blocker);
        return stage == Marks.ALIVE || stage == Marks.PERHAPS ? new WayToThread(heap, marking).to(blocker) : List.of();
    }

    /** Says of a step on a way whether it counts. */
    @FunctionalInterface
    public interface Step {
        /** From an object to one that it leads to. */
        boolean counts(int from, int to);
    }

    /**
     * Whether the way on which an object was reached shows that it is held by a root, or by the stack or the code of
     * one of some threads. There may be other ways if not.
     */
    public boolean isSeenHeld(int object, Predicate<DumpThread> holders, Step step) {
        Trail trail = marking.trail();
        int at = object;
        for (int steps = 0; steps < LONGEST && marking.stageOf(at) == Marks.ALIVE; steps++) {
            int by = trail.from(at);
            if (by < 0) {
                DumpThread holder = trail.threadOf(by);
                return trail.isRoot(by) || holder != null && holders.test(holder);
            }
            if (!step.counts(by, at)) {
                return false;
            }
            at = by;
        }
        return false;
    }

    /** Whether nothing was seen to hold so many objects that most of them must be garbage. */
    public boolean holdsGarbage() {
        return marking.holdsGarbage();
    }
}
