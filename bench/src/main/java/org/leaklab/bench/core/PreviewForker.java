package org.leaklab.bench.core;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Structured scopes that are preview in the JDK, bound at run time, because their shape differs from JDK to JDK and
 * this code is compiled once. They need {@code --enable-preview} and fork virtual threads.
 *
 * <table>
 *   <caption>How {@code StructuredTaskScope} waits for all and fails with the first that failed</caption>
 *   <tr><td>21 to 24</td><td>{@code new ShutdownOnFailure()}, {@code join()}, {@code throwIfFailed()}</td></tr>
 *   <tr><td>25</td><td>{@code open()}, {@code join()}</td></tr>
 *   <tr><td>26</td><td>the same; joiners differ, which are not used here</td></tr>
 *   <tr><td>27</td><td>the same, with an exception as third type parameter</td></tr>
 * </table>
 */
final class PreviewForker {

    private static final Callable<Integer> ONE = () -> 1;

    private PreviewForker() {}

    /** The JDK's scope, in the shape of the JDK that this runs on. */
    static Forker structuredTaskScope() {
        return bound("StructuredTaskScope", Scope.class, Scope::forkAndJoin);
    }

    /** The supervised scope of jox structured, whose classes load on the JDK they were compiled for only: 25. */
    static Forker jox() {
        return bound("jox structured", Jox.class, Jox::forkAndJoin);
    }

    /** Finds all that a class binds, before anything is measured. */
    private static Forker bound(String what, Class<?> binding, Forker forker) {
        try {
            MethodHandles.lookup().ensureInitialized(binding);
            return forker;
        } catch (IllegalAccessException | ExceptionInInitializerError | NoClassDefFoundError e) {
            throw new UnsupportedOperationException(
                    what + " does not run on Java " + Runtime.version().feature() + " as this knows it", e);
        }
    }

    /**
     * The JDK's: how to open a scope, fork in it and join it. The compiler can look into a method handle that is a
     * constant only, and calls what it leads to as if it stood here; one in a field of an object costs a call more.
     */
    static final class Scope {

        private static final String NAME = "java.util.concurrent.StructuredTaskScope";

        static final MethodHandle OPEN;
        static final MethodHandle FORK;
        static final MethodHandle JOIN;

        static {
            try {
                Lookup lookup = MethodHandles.publicLookup();
                Class<?> subtask = Class.forName(NAME + "$Subtask");
                Class<?> scope = Class.forName(NAME);
                MethodHandle open;
                MethodHandle join;
                if (scope.isInterface()) {
                    open = lookup.findStatic(scope, "open", methodType(scope));
                    join = lookup.findVirtual(scope, "join", methodType(Object.class));
                } else {
                    scope = Class.forName(NAME + "$ShutdownOnFailure");
                    open = lookup.findConstructor(scope, methodType(void.class));
                    join = MethodHandles.filterReturnValue(
                            lookup.findVirtual(scope, "join", methodType(scope)),
                            lookup.findVirtual(scope, "throwIfFailed", methodType(void.class)));
                }
                MethodHandle fork = lookup.findVirtual(scope, "fork", methodType(subtask, Callable.class));
                OPEN = open.asType(methodType(AutoCloseable.class));
                FORK = fork.asType(methodType(Supplier.class, AutoCloseable.class, Callable.class));
                JOIN = join.asType(methodType(void.class, AutoCloseable.class));
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private Scope() {}

        static long forkAndJoin(int tasks) throws Exception {
            try (AutoCloseable scope = (AutoCloseable) OPEN.invokeExact()) {
                List<Supplier<?>> forked = new ArrayList<>(tasks);
                for (int i = 0; i < tasks; i++) {
                    forked.add((Supplier<?>) FORK.invokeExact(scope, ONE));
                }
                JOIN.invokeExact(scope);
                long sum = 0;
                for (Supplier<?> task : forked) {
                    sum += (Integer) task.get();
                }
                return sum;
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) { // a method handle may throw anything; nothing else comes of these
                throw new IllegalStateException(e);
            }
        }
    }

    /** That of jox: what runs in a scope, and how to fork and join in it. */
    static final class Jox {

        private static final String PACKAGE = "com.softwaremill.jox.structured.";

        static final Class<?> SCOPED;
        static final MethodHandle SUPERVISED;
        static final MethodHandle BODY;
        static final MethodHandle FORK;
        static final MethodHandle JOIN;

        static {
            try {
                Lookup lookup = MethodHandles.publicLookup();
                Class<?> scope = Class.forName(PACKAGE + "Scope");
                Class<?> forked = Class.forName(PACKAGE + "Fork");
                SCOPED = Class.forName(PACKAGE + "Scoped");
                SUPERVISED = lookup.findStatic(
                                Class.forName(PACKAGE + "Scopes"), "supervised", methodType(Object.class, SCOPED))
                        .asType(methodType(Object.class, Object.class));
                FORK = lookup.findVirtual(scope, "fork", methodType(forked, Callable.class))
                        .asType(methodType(Object.class, Object.class, Callable.class));
                JOIN = lookup.findVirtual(forked, "join", methodType(Object.class))
                        .asType(methodType(Object.class, Object.class));
                BODY = MethodHandles.lookup()
                        .findStatic(Jox.class, "body", methodType(Object.class, int.class, Object.class));
            } catch (ReflectiveOperationException | UnsupportedClassVersionError e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private Jox() {}

        static long forkAndJoin(int tasks) throws Exception {
            Object work =
                    MethodHandleProxies.asInterfaceInstance(SCOPED, MethodHandles.insertArguments(BODY, 0, tasks));
            try {
                return (long) (Object) SUPERVISED.invokeExact(work);
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) { // as above
                throw new IllegalStateException(e);
            }
        }

        @SuppressWarnings("UnusedMethod") // by its method handle
        private static Object body(int tasks, Object scope) throws Throwable {
            List<Object> forked = new ArrayList<>(tasks);
            for (int i = 0; i < tasks; i++) {
                forked.add((Object) FORK.invokeExact(scope, ONE));
            }
            long sum = 0;
            for (Object task : forked) {
                sum += (Integer) (Object) JOIN.invokeExact(task);
            }
            return sum;
        }
    }
}
