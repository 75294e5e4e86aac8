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

    private static final String SCOPE = "java.util.concurrent.StructuredTaskScope";
    private static final String JOX = "com.softwaremill.jox.structured.";
    private static final Callable<Integer> ONE = () -> 1;

    private PreviewForker() {}

    /** The JDK's scope, in the shape of the JDK that this runs on. */
    static Forker structuredTaskScope() {
        try {
            Lookup lookup = MethodHandles.publicLookup();
            Class<?> scope = Class.forName(SCOPE);
            return scope.isInterface() ? opened(lookup, scope) : constructed(lookup);
        } catch (ReflectiveOperationException e) {
            throw unknown(SCOPE, e);
        }
    }

    private static Forker opened(Lookup lookup, Class<?> scope) throws ReflectiveOperationException {
        Class<?> subtask = Class.forName(SCOPE + "$Subtask");
        MethodHandle fork = lookup.findVirtual(scope, "fork", methodType(subtask, Callable.class));
        MethodHandle join = lookup.findVirtual(scope, "join", methodType(Object.class));
        return new ScopeForker(
                lookup.findStatic(scope, "open", methodType(scope)).asType(methodType(AutoCloseable.class)),
                fork.asType(methodType(Supplier.class, AutoCloseable.class, Callable.class)),
                join.asType(methodType(void.class, AutoCloseable.class)));
    }

    private static Forker constructed(Lookup lookup) throws ReflectiveOperationException {
        Class<?> subtask = Class.forName(SCOPE + "$Subtask");
        Class<?> scope = Class.forName(SCOPE + "$ShutdownOnFailure");
        MethodHandle fork = lookup.findVirtual(scope, "fork", methodType(subtask, Callable.class));
        MethodHandle join = lookup.findVirtual(scope, "join", methodType(scope));
        MethodHandle check = lookup.findVirtual(scope, "throwIfFailed", methodType(void.class));
        return new ScopeForker(
                lookup.findConstructor(scope, methodType(void.class)).asType(methodType(AutoCloseable.class)),
                fork.asType(methodType(Supplier.class, AutoCloseable.class, Callable.class)),
                MethodHandles.filterReturnValue(join, check).asType(methodType(void.class, AutoCloseable.class)));
    }

    /** The supervised scope of jox structured, whose classes load on the JDK they were compiled for only: 25. */
    static Forker jox() {
        try {
            Lookup lookup = MethodHandles.publicLookup();
            Class<?> scope = Class.forName(JOX + "Scope");
            Class<?> scoped = Class.forName(JOX + "Scoped");
            Class<?> forked = Class.forName(JOX + "Fork");
            MethodHandle supervised =
                    lookup.findStatic(Class.forName(JOX + "Scopes"), "supervised", methodType(Object.class, scoped));
            MethodHandle fork = lookup.findVirtual(scope, "fork", methodType(forked, Callable.class));
            MethodHandle join = lookup.findVirtual(forked, "join", methodType(Object.class));
            MethodHandle body = MethodHandles.lookup()
                    .findStatic(
                            PreviewForker.class,
                            "supervised",
                            methodType(Object.class, MethodHandle.class, MethodHandle.class, int.class, Object.class));
            MethodHandle bound = MethodHandles.insertArguments(
                    body,
                    0,
                    fork.asType(methodType(Object.class, Object.class, Callable.class)),
                    join.asType(methodType(Object.class, Object.class)));
            return tasks -> {
                Object work =
                        MethodHandleProxies.asInterfaceInstance(scoped, MethodHandles.insertArguments(bound, 0, tasks));
                return (long) invoke(() -> supervised.invoke(work));
            };
        } catch (ReflectiveOperationException | UnsupportedClassVersionError e) {
            throw unknown("jox structured", e);
        }
    }

    @SuppressWarnings("UnusedMethod") // by its method handle
    private static Object supervised(MethodHandle fork, MethodHandle join, int tasks, Object scope) throws Throwable {
        List<Object> forked = new ArrayList<>(tasks);
        for (int i = 0; i < tasks; i++) {
            forked.add((Object) fork.invokeExact(scope, ONE));
        }
        long sum = 0;
        for (Object task : forked) {
            sum += (Integer) (Object) join.invokeExact(task);
        }
        return sum;
    }

    /** A scope of the JDK: how to open one, fork in it and join it. */
    private record ScopeForker(MethodHandle open, MethodHandle fork, MethodHandle join) implements Forker {
        @Override
        public long forkAndJoin(int tasks) throws Exception {
            return invoke(() -> {
                try (AutoCloseable scope = (AutoCloseable) open.invokeExact()) {
                    List<Supplier<?>> forked = new ArrayList<>(tasks);
                    for (int i = 0; i < tasks; i++) {
                        forked.add((Supplier<?>) fork.invokeExact(scope, ONE));
                    }
                    join.invokeExact(scope);
                    long sum = 0;
                    for (Supplier<?> task : forked) {
                        sum += (Integer) task.get();
                    }
                    return sum;
                }
            });
        }
    }

    /** What a method handle throws is anything; only errors and exceptions come of it here. */
    @FunctionalInterface
    private interface Call<R> {
        R run() throws Throwable;
    }

    private static <R> R invoke(Call<R> call) throws Exception {
        try {
            return call.run();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static UnsupportedOperationException unknown(String what, Throwable why) {
        return new UnsupportedOperationException(
                what + " does not run on Java " + Runtime.version().feature() + " as this knows it", why);
    }
}
