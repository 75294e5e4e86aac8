package org.leaklab.agent.probe;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The references that a collection has cleared. The JVM puts all of them into one list, and the JDK's reference handler
 * takes the list and enqueues them. A probe has to see them first: a weak reference that something alive holds, and
 * that was cleared while threads were let go of, may have led to one of them. Nothing can tell to which, for it is
 * cleared.
 *
 * <p>So the probe holds the lock of the reference handler from before the first thread is armed, takes the list after
 * the collection, and then does what the reference handler would have done. Invariant: a list that was taken is never
 * lost: it hangs on a field until its last reference is enqueued, and the watchdog goes on with it if the probe dies.
 */
final class Pending {

    private static final int MOST_CLASSES = 20;
    private static final String LAUNCHERS = "org.leaklab.core.live.";

    /** References of the JDK through which a program gets its own objects. */
    private static final List<String> GIVES_BACK =
            List.of("java.util.WeakHashMap$Entry", "java.util.ResourceBundle$", "sun.security.util.MemoryCache$");

    private static final Object LOCK;
    private static final MethodHandle TAKE;
    private static final MethodHandle ENQUEUE;
    private static final @Nullable MethodHandle CLEAN;
    private static final VarHandle DISCOVERED;
    private static final VarHandle ACTIVE;
    private static final @Nullable Class<?> CLEANER;

    static {
        try {
            Lookup lookup = MethodHandles.privateLookupIn(Reference.class, MethodHandles.lookup());
            LOCK = lookup.findStaticVarHandle(Reference.class, "processPendingLock", Object.class)
                    .get();
            TAKE = lookup.findStatic(
                    Reference.class, "getAndClearReferencePendingList", MethodType.methodType(Reference.class));
            ENQUEUE = lookup.findVirtual(Reference.class, "enqueueFromPending", MethodType.methodType(void.class));
            DISCOVERED = lookup.findVarHandle(Reference.class, "discovered", Reference.class);
            ACTIVE = lookup.findStaticVarHandle(Reference.class, "processPendingActive", boolean.class);
            CLEANER = cleaner();
            CLEAN = CLEANER == null
                    ? null
                    : MethodHandles.lookup().findVirtual(CLEANER, "clean", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // guarded by this

    /** The list that was taken, linked as the JVM has linked it. */
    private @Nullable Reference<?> taken;

    /** Whether threads that reserve direct memory were told to wait for the list. */
    private boolean active;

    private final Map<String, Integer> cleared = new TreeMap<>();

    /** The JDK's own cleaner, which the reference handler runs itself; JDK 26 has none any more. */
    private static @Nullable Class<?> cleaner() {
        try {
            return Class.forName("jdk.internal.ref.Cleaner");
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** What the reference handler waits for meanwhile. Threads that reserve direct memory may wait as well. */
    static Object lock() {
        return LOCK;
    }

    /** Takes the list; called with the lock held, after the collection. */
    void take() {
        try {
            synchronized (this) {
                taken = (Reference<?>) TAKE.invoke();
                active = true;
                ACTIVE.set(true);
                look();
            }
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts those that could have led somewhere. */
    private void look() {
        for (Reference<?> each = taken; each != null; each = (Reference<?>) DISCOVERED.get(each)) {
            if (couldLead(each)) {
                String name = each.getClass().getName();
                cleared.merge(
                        cleared.size() < MOST_CLASSES || cleared.containsKey(name) ? name : "others", 1, Integer::sum);
            }
        }
    }

    /**
     * Whether some code might have asked a reference for its referent, and woken a thread. The JDK's own references
     * lead to classes, method types and keys of thread-local variables, and nobody can ask for those, with a few
     * exceptions: caches that give back what a program has put into them.
     */
    private static boolean couldLead(Reference<?> reference) {
        Class<?> type = reference.getClass();
        if (!(reference instanceof WeakReference || reference instanceof SoftReference)
                || type.getClassLoader() == Pending.class.getClassLoader()
                || type.getName().startsWith(LAUNCHERS) // with which launchers find their lists and threads
                || Jdk.registry().contains(reference)) {
            return false;
        }
        return type == WeakReference.class
                || type == SoftReference.class
                || GIVES_BACK.stream().anyMatch(type.getName()::startsWith)
                || type.getModule() != Object.class.getModule();
    }

    /** References that something alive held, and that the collection has cleared, by the name of their class. */
    synchronized Map<String, Integer> cleared() {
        return new TreeMap<>(cleared);
    }

    /** Does what the reference handler does. More than one thread may call this; each reference is enqueued once. */
    void enqueue() {
        for (Reference<?> next = next(); next != null; next = next()) {
            enqueue(next);
        }
        if (wasActive()) {
            synchronized (LOCK) {
                ACTIVE.set(false);
                LOCK.notifyAll();
            }
        }
    }

    private synchronized boolean wasActive() {
        boolean was = active;
        active = false;
        return was;
    }

    private synchronized @Nullable Reference<?> next() {
        Reference<?> first = taken;
        if (first != null) {
            taken = (Reference<?>) DISCOVERED.get(first);
            DISCOVERED.set(first, (Reference<?>) null);
        }
        return first;
    }

    /** Until it works: a queue may have no memory for a moment. */
    private static void enqueue(Reference<?> reference) {
        while (true) {
            try {
                if (CLEANER != null && CLEAN != null && CLEANER.isInstance(reference)) {
                    CLEAN.invoke(reference);
                } else {
                    ENQUEUE.invoke(reference);
                }
                return;
            } catch (OutOfMemoryError e) {
                Thread.yield();
            } catch (Throwable e) {
                return; // the reference handler would have died of it
            }
        }
    }
}
