package org.leaklab.heapdump.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;

/**
 * Finds the threads that wait until another thread has initialized a class. The JVM lets them wait without a trace in
 * the dump: they are runnable there. A thread print says it of platform threads and of mounted virtual ones, and then
 * it is proven. JDK 26 and later unmount virtual threads, which wait then in a state of their own; that is proven too.
 * Of others the frame on top shows it, if it stands where its class file uses a class that another thread is
 * initializing; that is an explanation, and the thread counts as alive.
 *
 * <p>The thread that initializes a class has its {@code <clinit>} on its stack, or that of a superclass: a class is
 * initialized after its superclass, by a thread that itself waits for whoever initializes the superclass.
 */
final class Initializers {

    private static final String INITIALIZER = "<clinit>";

    private final Heap heap;
    private final DumpThreads threads;

    /** By class, the thread that runs its initializer. */
    private final Map<DumpClass, DumpThread> running = new HashMap<>();

    private final Map<DumpThread, ThreadWait> found = new HashMap<>();

    Initializers(Heap heap, DumpThreads threads) {
        this.heap = heap;
        this.threads = threads;
        Map<Stack, List<DumpClass>> known = new HashMap<>();
        for (DumpThread thread : threads.all()) {
            known.computeIfAbsent(thread.stack, this::initialized).forEach(type -> running.put(type, thread));
        }
    }

    private List<DumpClass> initialized(Stack stack) {
        return stack.frames().stream()
                .filter(frame -> frame.method().equals(INITIALIZER))
                .map(frame -> heap.classById(frame.typeId()))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * What those wait for of which that is known.
     *
     * @param blockers what is known of all without that
     */
    Map<DumpThread, ThreadWait> of(ThreadWaits blockers, @Nullable PrintedThreads print, Bytecode bytecode) {
        if (running.isEmpty()) {
            return Map.of(); // nobody initializes a class
        }
        for (DumpThread thread : threads.all()) {
            judge(thread, blockers.of(thread), print, bytecode, false);
        }
        for (DumpThread thread : threads.all()) {
            judge(thread, blockers.of(thread), print, bytecode, true); // some need to know what the others wait for
        }
        return found;
    }

    private void judge(
            DumpThread thread, ThreadWait before, @Nullable PrintedThreads print, Bytecode bytecode, boolean last) {
        boolean unmounted = waitsWithinTheJvm(thread);
        boolean runs = !thread.waits && thread.state == Thread.State.RUNNABLE && before.unknown() == null;
        if (before.what() != null || found.containsKey(thread) || !(unmounted || runs)) {
            return;
        }
        String said = print == null ? null : print.initialization(thread);
        boolean silent = said == null && print != null && print.has(thread);
        Wait.Owned wait =
                said != null ? waitFor(said, thread) : silent && !unmounted ? null : inferred(thread, bytecode);
        if (wait != null) {
            found.put(thread, said != null || unmounted ? ThreadWait.on(wait) : ThreadWait.explained(wait));
        } else if (said != null && last) {
            found.put(
                    thread,
                    ThreadWait.unknown(
                            "it waits for the initialization of a class, and no thread is seen that does this"));
        }
    }

    /**
     * Whether it is a virtual thread that waits, and neither parks nor is in {@code Object.wait}: JDK 26 and later
     * unmount one that waits for an initializer.
     */
    private static boolean waitsWithinTheJvm(DumpThread thread) {
        Stacks.Frame top = thread.stack.top();
        return thread.virtual
                && thread.waits
                && thread.state == Thread.State.WAITING
                && top != null
                && !top.isOf("java.lang.Object")
                && Parking.of(thread.stack).depth() == 0;
    }

    private Wait.@Nullable Owned inferred(DumpThread thread, Bytecode bytecode) {
        Stacks.Frame top = thread.stack.top();
        Set<Wait.Owned> found = new HashSet<>();
        for (String type : top == null ? Set.<String>of() : bytecode.initializes(top)) {
            Wait.Owned wait = waitFor(type, thread);
            if (wait != null) {
                found.add(wait);
            }
        }
        return found.size() == 1 ? found.iterator().next() : null;
    }

    /** The wait for a class, or null if it is not seen who initializes it, or several loaders have such a class. */
    private Wait.@Nullable Owned waitFor(String name, DumpThread waiter) {
        DumpClass wanted = heap.classByName(name);
        if (wanted == null || heap.hasSeveral(name)) {
            return null;
        }
        for (DumpClass type = wanted; type != null; type = type.superclass()) {
            DumpThread owner = running.get(type);
            DumpThread other = owner == waiter ? initializer(wanted, waiter) : owner;
            if (owner != null) {
                return other == null ? null : Wait.Owned.initialized(wanted.number(), other);
            }
        }
        return null;
    }

    /**
     * A thread other than that which initializes the superclass of a class, and initializes this class. It has no
     * {@code <clinit>} of it on its stack yet, and waits for the superclass. Any that waits so will do: all of them
     * wait for the same thread.
     */
    private @Nullable DumpThread initializer(DumpClass type, DumpThread ofSuperclass) {
        for (DumpThread thread : threads.all()) {
            ThreadWait known = found.get(thread);
            if (thread != ofSuperclass
                    && known != null
                    && known.what() instanceof Wait.Owned owned
                    && owned.initializes()
                    && owned.owner() == ofSuperclass
                    && type.is(heap.typeName(owned.shown()))) {
                return thread;
            }
        }
        return null;
    }
}
