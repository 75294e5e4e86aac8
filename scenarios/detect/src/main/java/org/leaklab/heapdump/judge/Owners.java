package org.leaklab.heapdump.judge;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.code.Entered;
import org.leaklab.heapdump.code.Enters;
import org.leaklab.heapdump.code.Variables;
import org.leaklab.heapdump.code.WaitCall;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stacks;

/**
 * Looks for the owners of monitors that threads are blocked on, where nothing but stacks says who they are. A dump
 * shows no owners, and a thread that is about to enter a monitor looks like one that waits for it. So this finds
 *
 * <ul>
 *   <li>the thread that surely has it: by what the JVM says, by its class files, which tell what a frame has entered at
 *       its line, or in a {@code static synchronized} method, which has entered the monitor of its class,
 *   <li>the threads that have the object on their stacks, where it can have been entered,
 *   <li>and those that can own it unseen, in a compiled {@code synchronized} method that dropped its receiver, or in a
 *       method that may be {@code static synchronized}.
 * </ul>
 */
final class Owners {

    private static final int[] NONE = {};

    private final Heap heap;
    private final DumpThreads threads;
    private final Bytecode bytecode;
    private final Variables variables;
    private final ThreadWaits waits;
    private final List<Wait.Entering> entering;
    private final Map<Integer, DumpThread> sure = new HashMap<>();
    private final Map<Integer, Set<DumpThread>> holders;
    private final Map<DumpThread, Set<String>> unseen;
    private final Map<DumpThread, Set<Integer>> unseenClasses;

    /**
     * Of all that enter a monitor.
     *
     * @param waits what threads wait for; {@link #waits} has the owners too
     * @param said by monitor, owners that the JVM named
     */
    Owners(Heap heap, DumpThreads threads, Bytecode bytecode, ThreadWaits waits, Map<Integer, DumpThread> said) {
        this.heap = heap;
        this.threads = threads;
        this.bytecode = bytecode;
        this.variables = new Variables(heap);
        this.waits = waits.with(settled(waits, said));
        entering = entering(this.waits);
        holders = entering.isEmpty() ? Map.of() : findHolders();
        unseen = entering.isEmpty() ? Map.of() : findUnseen();
        unseenClasses = entering.isEmpty() ? Map.of() : findUnseenClasses();
    }

    /** What threads wait for, with the owners that are known. */
    ThreadWaits waits() {
        return waits;
    }

    private static List<Wait.Entering> entering(ThreadWaits waits) {
        return waits.entering()
                .map(thread -> (Wait.Entering) waits.of(thread).what())
                .filter(Objects::nonNull)
                .toList();
    }

    /** Where code says which object is wanted, and code or the JVM who has entered it, the owner is known. */
    private Map<DumpThread, ThreadWait> settled(ThreadWaits before, Map<Integer, DumpThread> said) {
        Set<Integer> wanted = new HashSet<>();
        entering(before).forEach(wait -> Arrays.stream(wait.monitors()).forEach(wanted::add));
        if (wanted.isEmpty()) {
            return Map.of();
        }
        Set<Integer> classes = wanted.stream().filter(heap::isClass).collect(Collectors.toSet());
        for (DumpThread thread : threads.all()) {
            for (int monitor : entered(thread, before.of(thread).what(), wanted, classes)) {
                sure.put(monitor, thread);
            }
        }
        sure.putAll(said);
        Map<DumpThread, ThreadWait> found = new HashMap<>();
        before.entering().forEach(thread -> {
            int[] monitors = before.of(thread).what() instanceof Wait.Entering entering ? entering.monitors() : NONE;
            DumpThread owner = monitors.length == 1 ? sure.get(monitors[0]) : null;
            if (owner != null && owner != thread) {
                found.put(thread, ThreadWait.on(new Wait.Owned(monitors[0], -1, owner, false)));
            }
        });
        return found;
    }

    /** Those of some objects that a thread has surely entered, and has not let go of to wait for a notification. */
    private Set<Integer> entered(DumpThread thread, @Nullable Wait wait, Set<Integer> wanted, Set<Integer> classes) {
        Set<Integer> found = new HashSet<>();
        boolean waits = thread.stack.top() != null && thread.stack.top().isOf("java.lang.Object");
        if (waits && !(wait instanceof Wait.Reached)) {
            return found; // it may have let go of anything
        }
        boolean[] shows = new boolean[thread.stack.size()];
        for (int i = threads.from(thread); i < threads.to(thread); i++) {
            int frame = threads.frame(i);
            if (frame >= 0 && frame < shows.length && wanted.contains(threads.held(i))) {
                shows[frame] = true;
            }
        }
        for (int frame = 0; frame < shows.length; frame++) {
            Stacks.Frame at = thread.stack.get(frame);
            Entered entered = shows[frame] && bytecode.enters(at) != Enters.NONE ? entered(thread, frame) : null;
            if (entered != null) {
                entered.held().stream().filter(wanted::contains).forEach(found::add);
            }
            int itsClass = classes.isEmpty() ? -1 : heap.find(at.typeId());
            if (classes.contains(itsClass) && bytecode.enters(at) == Enters.OF_CLASS && !isEntering(thread, frame)) {
                found.add(itsClass);
            }
        }
        if (waits && wait instanceof Wait.Reached reached) {
            Arrays.stream(reached.objects()).forEach(found::remove);
        }
        return found;
    }

    /** What a frame has entered at its line, or null if that cannot be told. */
    private @Nullable Entered entered(DumpThread thread, int frame) {
        Stacks.Frame at = thread.stack.get(frame);
        int[] shown = threads.held(thread, frame, frame + 1);
        return isEntering(thread, frame)
                ? bytecode.entering(at, shown)
                : bytecode.entered(
                        at, shown, frame == 0 ? "" : thread.stack.get(frame - 1).method());
    }

    /** Whether a frame is about to enter a monitor; that may be the one of its method, or of a block in it. */
    private static boolean isEntering(DumpThread thread, int frame) {
        return frame == 0 && thread.state == Thread.State.BLOCKED;
    }

    /** The thread that surely has entered a monitor, or null if none is known. */
    @Nullable
    DumpThread owner(int monitor) {
        return sure.get(monitor);
    }

    /** Those that may have entered a monitor, as their stacks show; also one that waits for it and shows it twice. */
    Set<DumpThread> holders(int monitor) {
        return holders.getOrDefault(monitor, Set.of());
    }

    /** Those that may own one of some monitors and do not show it. */
    List<DumpThread> mayOwnUnseen(int[] monitors) {
        Set<DumpThread> found = new LinkedHashSet<>();
        unseen.forEach((other, types) -> {
            if (types.stream()
                    .anyMatch(type -> Arrays.stream(monitors).anyMatch(monitor -> variables.canBe(monitor, type)))) {
                found.add(other);
            }
        });
        unseenClasses.forEach((other, classes) -> {
            if (Arrays.stream(monitors).anyMatch(classes::contains)) {
                found.add(other);
            }
        });
        return List.copyOf(found);
    }

    /** By object, the threads that have it on their stacks where it can have been entered, and do not wait for it. */
    private Map<Integer, Set<DumpThread>> findHolders() {
        Set<Integer> wanted = new HashSet<>();
        entering.forEach(wait -> Arrays.stream(wait.monitors()).forEach(wanted::add));
        Map<Integer, Set<DumpThread>> found = new HashMap<>();
        for (DumpThread thread : threads.all()) {
            boolean entersOnly = thread.state == Thread.State.BLOCKED; // who wants several may have none of them
            for (int i = threads.from(thread); i < threads.to(thread); i++) {
                if (wanted.contains(threads.held(i))
                        && !(entersOnly && threads.frame(i) == 0)
                        && mayHave(thread, threads.frame(i), threads.held(i))) {
                    found.computeIfAbsent(threads.held(i), ignored -> new LinkedHashSet<>(2))
                            .add(thread);
                }
            }
        }
        return found;
    }

    private boolean mayHave(DumpThread thread, int frame, int object) {
        if (frame < 0 || frame >= thread.stack.size()) {
            return true;
        }
        if (bytecode.enters(thread.stack.get(frame)) == Enters.NONE) {
            return false;
        }
        Entered entered = entered(thread, frame);
        return entered == null || entered.held().contains(object);
    }

    /**
     * By thread, the wanted classes in whose methods it is, if such a method may have entered the monitor of its class.
     */
    private Map<DumpThread, Set<Integer>> findUnseenClasses() {
        Set<Integer> wanted = new HashSet<>();
        entering.forEach(
                wait -> Arrays.stream(wait.monitors()).filter(heap::isClass).forEach(wanted::add));
        Map<DumpThread, Set<Integer>> found = new HashMap<>();
        for (DumpThread thread : wanted.isEmpty() ? List.<DumpThread>of() : threads.all()) {
            for (int i = 0; i < thread.stack.size(); i++) {
                Stacks.Frame frame = thread.stack.get(i);
                int itsClass = heap.find(frame.typeId());
                if (wanted.contains(itsClass) && mayEnterItsClass(frame)) {
                    found.computeIfAbsent(thread, ignored -> new HashSet<>()).add(itsClass);
                }
            }
        }
        return found;
    }

    private boolean mayEnterItsClass(Stacks.Frame frame) {
        Enters enters = bytecode.enters(frame);
        return enters == null || enters == Enters.OF_CLASS;
    }

    /** By thread, the types of the receivers that its {@code synchronized} methods have and do not show. */
    private Map<DumpThread, Set<String>> findUnseen() {
        Set<String> wanted = new HashSet<>();
        for (Wait.Entering wait : entering) {
            for (int monitor : wait.monitors()) {
                for (DumpClass type = heap.classOf(monitor); type != null; type = type.superclass()) {
                    wanted.add(type.name());
                }
            }
        }
        wanted.remove("java.lang.Object"); // none of its methods is synchronized
        Map<DumpThread, Set<String>> found = new HashMap<>();
        for (DumpThread thread : threads.all()) {
            for (int i = 0; i < thread.stack.size(); i++) {
                Stacks.Frame frame = thread.stack.get(i);
                if (wanted.contains(frame.type())
                        && mayBeSynchronized(frame)
                        && !waitsOnReceiver(thread, i)
                        && !showsReceiver(thread, i)) {
                    found.computeIfAbsent(thread, ignored -> new HashSet<>()).add(frame.type());
                }
            }
        }
        return found;
    }

    private boolean mayBeSynchronized(Stacks.Frame frame) {
        Enters enters = bytecode.enters(frame);
        return enters == null || enters == Enters.OF_RECEIVER;
    }

    /** Whether a frame has let go of its receiver's monitor to wait for a notification. */
    private boolean waitsOnReceiver(DumpThread thread, int frame) {
        boolean waits = thread.state != Thread.State.BLOCKED && frame > 0 && thread.stack.ofObject() >= frame;
        WaitCall call = waits ? bytecode.waits(thread.stack.get(frame)) : null;
        return call != null && call.onReceiver();
    }

    /** Whether a frame shows more than could stand in its other variables, so that its receiver is among that. */
    private boolean showsReceiver(DumpThread thread, int frame) {
        Stacks.Frame at = thread.stack.get(frame);
        Set<List<String>> known = bytecode.besideReceiver(at);
        Set<List<String>> others = known != null ? known : Set.of(Variables.arguments(at.signature()));
        int[] shown =
                IntStream.of(threads.held(thread, frame, frame + 1)).distinct().toArray();
        return others.stream().noneMatch(types -> variables.canBe(shown, types));
    }
}
