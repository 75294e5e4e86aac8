package org.leaklab.heapdump.judge;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.code.Enters;
import org.leaklab.heapdump.code.Variables;
import org.leaklab.heapdump.code.WaitCall;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stacks;

/**
 * Looks for the owners of monitors that threads are blocked on. A dump shows no owners, and a thread that is about to
 * enter a monitor looks like one that waits for it. So a blocked thread is only judged when
 *
 * <ul>
 *   <li>whichever of the objects in its frame is the monitor, some thread has that on its stack, in a method that can
 *       have entered it, and is leaked whatever becomes of the blocked one, or is blocked itself in a circle of such
 *       threads,
 *   <li>and no other thread can own it unseen, in a compiled {@code synchronized} method that dropped its receiver.
 * </ul>
 */
final class Owners {

    private final Heap heap;
    private final DumpThreads threads;
    private final Bytecode bytecode;
    private final Variables variables;
    private final List<DumpThread> entering;

    Owners(Heap heap, DumpThreads threads, Bytecode bytecode) {
        this.heap = heap;
        this.threads = threads;
        this.bytecode = bytecode;
        this.variables = new Variables(heap);
        entering = threads.all().stream().filter(thread -> thread.entering).toList();
    }

    /** The threads that are blocked on a monitor, and are judged only if its owner is seen. */
    List<DumpThread> entering() {
        return entering;
    }

    /**
     * Drops those whose owner is not seen, or may let them in.
     *
     * @param leaked those that are leaked even if all blocked ones are taken for alive
     */
    void ground(Set<DumpThread> leaked) {
        Map<Integer, Set<DumpThread>> holders = holders();
        Map<DumpThread, Set<String>> unseen = unseen();
        Set<DumpThread> left = new HashSet<>(entering);
        boolean dropped = true;
        while (dropped) {
            dropped = left.removeIf(thread ->
                    !isHeldByOneOf(thread, holders, leaked, left) || mayBeOwnedUnseen(thread, unseen, leaked, left));
        }
        for (DumpThread thread : entering) {
            thread.candidate = left.contains(thread);
            if (!thread.candidate && !isHeldByOneOf(thread, holders, null, left)) {
                thread.unknown = "nobody is seen to own the monitor that it is blocked on";
            } else if (!thread.candidate && mayBeOwnedUnseen(thread, unseen, leaked, left)) {
                thread.unknown = "somebody may own the monitor that it is blocked on and not show it";
            }
        }
    }

    /** Whether each object that can be a thread's monitor is held by another thread: a leaked one, or any for null. */
    private static boolean isHeldByOneOf(
            DumpThread thread,
            Map<Integer, Set<DumpThread>> holders,
            @Nullable Set<DumpThread> leaked,
            Set<DumpThread> left) {
        return Arrays.stream(thread.blockers)
                .mapToObj(monitor -> holders.getOrDefault(monitor, Set.of()))
                .allMatch(all -> all.stream()
                        .anyMatch(holder -> holder != thread
                                && (leaked == null || leaked.contains(holder) || left.contains(holder))));
    }

    /** Whether what can be a thread's monitor can be a receiver that a thread which is not leaked does not show. */
    private boolean mayBeOwnedUnseen(
            DumpThread thread, Map<DumpThread, Set<String>> unseen, Set<DumpThread> leaked, Set<DumpThread> left) {
        return unseen.entrySet().stream()
                .filter(other -> !leaked.contains(other.getKey()) && !left.contains(other.getKey()))
                .flatMap(other -> other.getValue().stream())
                .anyMatch(type -> Arrays.stream(thread.blockers).anyMatch(monitor -> variables.canBe(monitor, type)));
    }

    /** By object, the threads that have it on their stacks where it can have been entered, and do not wait for it. */
    private Map<Integer, Set<DumpThread>> holders() {
        Set<Integer> wanted = new HashSet<>();
        entering.forEach(thread -> Arrays.stream(thread.blockers).forEach(wanted::add));
        Map<Integer, Set<DumpThread>> found = new HashMap<>();
        for (DumpThread thread : threads.all()) {
            boolean entersOnly = thread.state == Thread.State.BLOCKED
                    && Arrays.stream(threads.held(thread, 0, 1)).distinct().count() < 2;
            for (int i = thread.heldFrom; i < thread.heldTo; i++) {
                if (wanted.contains(threads.held(i))
                        && !(entersOnly && threads.frame(i) == 0)
                        && canEnter(thread, threads.frame(i))) {
                    found.computeIfAbsent(threads.held(i), ignored -> new HashSet<>(2))
                            .add(thread);
                }
            }
        }
        return found;
    }

    private boolean canEnter(DumpThread thread, int frame) {
        return frame < 0 || frame >= thread.stack.size() || bytecode.enters(thread.stack.get(frame)) != Enters.NONE;
    }

    /** By thread, the types of the receivers that its {@code synchronized} methods have and do not show. */
    private Map<DumpThread, Set<String>> unseen() {
        Set<String> wanted = new HashSet<>();
        for (DumpThread thread : entering) {
            for (int monitor : thread.blockers) {
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
        boolean waits = thread.state != Thread.State.BLOCKED
                && frame > 0
                && thread.stack.subList(0, frame).stream().allMatch(above -> above.isOf("java.lang.Object"));
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
