package org.leaklab.agent.probe;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The fields of this JDK that a probe reads and writes: the same on 21 to 28. If one of them is not as expected, the
 * class cannot be initialized, see {@link Preflight}.
 *
 * <p>Memory: all fields of threads are volatile in the JDK, but for the container of a thread, which is written before
 * the thread starts.
 */
final class Jdk {

    /** State of a virtual thread that is parked without a timeout and has no carrier. */
    static final int PARKED;

    private static final Map<Integer, String> STATES = new TreeMap<>();

    /** Set beside the state while somebody looks at the stack; 0 where this JDK has no such bit. */
    private static final int SUSPENDED;

    private static final VarHandle STATE;
    private static final VarHandle PERMIT;
    private static final VarHandle HANDLER;
    private static final VarHandle CONTAINER;
    private static final VarHandle SCOPES;
    private static final VarHandle PREVIOUS;
    private static final VarHandle FLOCK;
    private static final VarHandle FLOCK_THREADS;
    private static final VarHandle EXECUTOR_THREADS;
    private static final VarHandle EXECUTOR_FACTORY;
    private static final VarHandle POOL_THREADS;
    private static final Map<Class<?>, VarHandle> KEYS;
    private static final MethodHandle TRY_TERMINATE;
    private static final MethodHandle REGISTER;
    private static final MethodHandle ALL_PLATFORM;
    private static final Class<?> EXECUTOR;
    private static final Class<?> POOL;
    private static final Class<?> SCOPE;
    private static final Class<?> ROOT;
    private static final Set<Thread> UNCONTAINED;
    private static final Collection<WeakReference<Object>> REGISTRY;

    static {
        try {
            Class<?> virtual = Class.forName("java.lang.VirtualThread");
            Class<?> containers = Class.forName("jdk.internal.vm.ThreadContainers");
            Class<?> container = Class.forName("jdk.internal.vm.ThreadContainer");
            Class<?> scope = Class.forName("jdk.internal.vm.StackableScope");
            Class<?> flock = Class.forName("jdk.internal.misc.ThreadFlock");
            EXECUTOR = Class.forName("java.util.concurrent.ThreadPerTaskExecutor");
            POOL = Class.forName("jdk.internal.vm.SharedThreadContainer");
            SCOPE = Class.forName("jdk.internal.misc.ThreadFlock$ThreadContainerImpl");
            ROOT = Class.forName("jdk.internal.vm.ThreadContainers$RootContainer");
            if (!container.isAssignableFrom(EXECUTOR) || !scope.isAssignableFrom(container)) {
                throw new NoSuchFieldException("ThreadPerTaskExecutor is no ThreadContainer");
            }
            for (Field field : virtual.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
                    field.setAccessible(true);
                    STATES.put(field.getInt(null), field.getName());
                }
            }
            PARKED = constant(virtual, "PARKED");
            SUSPENDED = STATES.containsValue("SUSPENDED") ? constant(virtual, "SUSPENDED") : 0;
            STATE = field(virtual, "state", int.class);
            PERMIT = field(virtual, "parkPermit", boolean.class);
            HANDLER = field(Thread.class, "uncaughtExceptionHandler", Thread.UncaughtExceptionHandler.class);
            CONTAINER = field(Thread.class, "container", container);
            SCOPES = field(Thread.class, "headStackableScopes", scope);
            PREVIOUS = field(scope, "previous", scope);
            FLOCK = field(SCOPE, "flock", flock);
            FLOCK_THREADS = field(flock, "threads", Set.class);
            EXECUTOR_THREADS = field(EXECUTOR, "threads", Set.class);
            EXECUTOR_FACTORY = field(EXECUTOR, "factory", ThreadFactory.class);
            POOL_THREADS = field(POOL, "virtualThreads", Set.class);
            KEYS = Map.of(EXECUTOR, field(EXECUTOR, "key", Object.class), POOL, field(POOL, "key", Object.class));
            TRY_TERMINATE = in(EXECUTOR).findVirtual(EXECUTOR, "tryTerminate", MethodType.methodType(void.class));
            REGISTER = in(containers)
                    .findStatic(containers, "registerContainer", MethodType.methodType(Object.class, container));
            ALL_PLATFORM =
                    in(Thread.class).findStatic(Thread.class, "getAllThreads", MethodType.methodType(Thread[].class));
            REGISTRY = registry(containers);
            UNCONTAINED = tracked();
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Jdk() {}

    private static Lookup in(Class<?> type) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    }

    private static VarHandle field(Class<?> owner, String name, Class<?> type) throws ReflectiveOperationException {
        return in(owner).findVarHandle(owner, name, type);
    }

    private static int constant(Class<?> owner, String name) throws ReflectiveOperationException {
        return (int) in(owner).findStaticVarHandle(owner, name, int.class).get();
    }

    @SuppressWarnings("unchecked") // checked by the element that is looked at
    private static Collection<WeakReference<Object>> registry(Class<?> containers) throws ReflectiveOperationException {
        return (Collection<WeakReference<Object>>) in(containers)
                .findStaticVarHandle(containers, "CONTAINER_REGISTRY", Set.class)
                .get();
    }

    /** The set of threads that no container has started; empty where this JVM does not track them. */
    @SuppressWarnings("unchecked")
    private static Set<Thread> tracked() throws ReflectiveOperationException {
        Class<?> tracking = Class.forName("jdk.internal.vm.ThreadContainers$RootContainer$TrackingRootContainer");
        return (Set<Thread>) in(tracking)
                .findStaticVarHandle(tracking, "VTHREADS", Set.class)
                .get();
    }

    /**
     * Whether this JVM has a set of all virtual threads.
     *
     * @throws Refusal if not
     */
    static void checkTracking() throws Refusal {
        try {
            Class<?> containers = Class.forName("jdk.internal.vm.ThreadContainers");
            boolean tracks = (boolean) in(containers)
                    .findStatic(containers, "trackAllThreads", MethodType.methodType(boolean.class))
                    .invoke();
            if (!tracks) {
                throw new Refusal(
                        "this JVM runs with -Djdk.trackAllThreads=false, so nothing lists its virtual threads,"
                                + " and the collector takes leaked ones away: start it without that property");
            }
        } catch (Refusal e) {
            throw e;
        } catch (Throwable e) {
            throw new Refusal("this JDK does not say whether it tracks its threads: " + e);
        }
    }

    static boolean isParked(Thread virtual) {
        return (int) STATE.getVolatile(virtual) == PARKED;
    }

    /** Name of the state of a virtual thread, as the JDK's constants have it. */
    static String state(Thread virtual) {
        int state = (int) STATE.getVolatile(virtual);
        return (state & SUSPENDED) != 0 ? "SUSPENDED" : STATES.getOrDefault(state, "?");
    }

    /** Whether somebody has woken the thread, and it has not gone on yet. */
    static boolean hasPermit(Thread virtual) {
        return (boolean) PERMIT.getVolatile(virtual);
    }

    static Thread.@Nullable UncaughtExceptionHandler handler(Thread thread) {
        return (Thread.UncaughtExceptionHandler) HANDLER.getVolatile(thread);
    }

    static boolean exchange(
            Thread thread,
            Thread.@Nullable UncaughtExceptionHandler expected,
            Thread.@Nullable UncaughtExceptionHandler handler) {
        return HANDLER.compareAndSet(thread, expected, handler);
    }

    /** The innermost of the scopes that a thread has opened, or null. */
    static @Nullable Object scopes(Thread thread) {
        return (Object) SCOPES.getVolatile(thread);
    }

    /** The scope around a scope of the same thread, or null. */
    static @Nullable Object previous(Object scope) {
        return (Object) PREVIOUS.getVolatile(scope);
    }

    /** What has started a thread, or null for the JDK's root container. */
    static @Nullable Object container(Thread thread) {
        Object container = (Object) CONTAINER.get(thread);
        return ROOT.isInstance(container) ? null : container;
    }

    /** Kind of a container, or null if it is of a kind that keeps no set. */
    static @Nullable Kind kind(@Nullable Object container) {
        if (container == null) {
            return Kind.ROOT;
        }
        Class<?> type = container.getClass();
        return type == EXECUTOR ? Kind.EXECUTOR : type == POOL ? Kind.POOL : type == SCOPE ? Kind.SCOPE : null;
    }

    /** The set of a container, of null for the root; null if it keeps none. Safe for use by several threads. */
    @SuppressWarnings("unchecked")
    static @Nullable Set<Thread> set(@Nullable Object container) {
        Kind kind = kind(container);
        return kind == null
                ? null
                : switch (kind) {
                    case ROOT -> UNCONTAINED;
                    case EXECUTOR -> (Set<Thread>) EXECUTOR_THREADS.get(container);
                    case POOL -> (Set<Thread>) POOL_THREADS.get(container);
                    case SCOPE -> (Set<Thread>) FLOCK_THREADS.get((Object) FLOCK.get(container));
                    case LAUNCHER -> null; // no container of the JDK
                };
    }

    /** Whether the threads of an executor may run code of the program around its task: its factory is not the JDK's. */
    static boolean wrapsTasks(@Nullable Object executor) {
        Object factory = (Object) EXECUTOR_FACTORY.get(executor);
        return factory.getClass().getClassLoader() != null;
    }

    /** The virtual threads that no container has started. */
    static Set<Thread> uncontained() {
        return UNCONTAINED;
    }

    /** What the JDK has registered: executors. It holds them weakly. */
    static Collection<WeakReference<Object>> registry() {
        return REGISTRY;
    }

    /** Ends an executor that was shut down and has no threads any more; it would have done so itself. */
    static void tryTerminate(@Nullable Object container) {
        if (container instanceof ExecutorService executor && executor.isShutdown()) {
            try {
                TRY_TERMINATE.invoke(container);
            } catch (Throwable e) {
                throw rethrow(e);
            }
        }
    }

    /**
     * Registers an executor anew if the collection has cleared the JDK's reference to it: it was reachable only from a
     * thread that was let go of. Without this, no thread dump would show its threads any more.
     */
    static synchronized void repairRegistration(@Nullable Object container) {
        VarHandle key = container == null ? null : KEYS.get(container.getClass());
        if (key == null
                || !((Object) key.getVolatile(container) instanceof WeakReference<?> reference)
                || !reference.refersTo(null)
                || container instanceof ExecutorService executor && executor.isTerminated()) {
            return;
        }
        try {
            key.setVolatile(container, (Object) REGISTER.invoke(container));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static Thread[] allPlatformThreads() {
        try {
            return (Thread[]) ALL_PLATFORM.invoke();
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** Throws what a method handle threw. */
    static Error rethrow(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(e);
    }
}
