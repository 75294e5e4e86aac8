package org.leaklab.scenario.cancellation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's {@code StructuredTaskScope} that ends at the first failure, with the names that it has there. It is a
 * preview, and its shape differs from JDK to JDK, so no one source can call it; this class does so by method handles,
 * which leave no frame in a stack. The JVM needs {@code --enable-preview}.
 */
final class TaskScope implements AutoCloseable {

    private static final String NAME = "java.util.concurrent.StructuredTaskScope";

    /** Before JDK 25 it is a class, and then an interface. */
    private static final boolean IS_CLASS = Runtime.version().feature() < 25;

    private static final Class<?> TYPE = type(IS_CLASS ? "$ShutdownOnFailure" : "");
    private static final MethodHandle FORK = handle(
            method(TYPE, "fork", Callable.class), MethodType.methodType(Supplier.class, Object.class, Callable.class));
    private static final MethodHandle JOIN = handle(method(TYPE, "join"), ofScope());
    private static final @Nullable MethodHandle THROW_IF_FAILED =
            IS_CLASS ? handle(method(TYPE, "throwIfFailed"), ofScope()) : null;
    private static final MethodHandle CLOSE = handle(method(TYPE, "close"), ofScope());

    private final Object scope;

    private TaskScope(Object scope) {
        this.scope = scope;
    }

    /** Opens a scope for the calling thread, whose subtasks run in threads of the factory. */
    static TaskScope open(ThreadFactory threads) {
        try {
            if (IS_CLASS) {
                return new TaskScope(
                        TYPE.getConstructor(String.class, ThreadFactory.class).newInstance("scope", threads));
            }
            Object joiner = method(type("$Joiner"), "awaitAllSuccessfulOrThrow").invoke(null);
            Method with = method(type("$Configuration"), "withThreadFactory", ThreadFactory.class);
            UnaryOperator<Object> withThreads = options -> {
                try {
                    return with.invoke(options, threads);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            };
            Method open = Arrays.stream(TYPE.getMethods())
                    .filter(method -> method.getName().equals("open") && method.getParameterCount() == 2)
                    .findFirst()
                    .orElseThrow();
            return new TaskScope(open.invoke(null, joiner, withThreads));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("run this with --enable-preview", e);
        }
    }

    /** Starts a subtask. The result can be had after {@link #join}. */
    @SuppressWarnings("unchecked") // that is what fork of the JDK says
    <T> Supplier<T> fork(Callable<T> task) {
        try {
            return (Supplier<T>) (Supplier<?>) FORK.invokeExact(scope, (Callable<?>) task);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Waits until all subtasks have succeeded, or one has failed and the others have been interrupted.
     *
     * @throws ExecutionException if one has failed
     */
    void join() throws InterruptedException, ExecutionException {
        try {
            JOIN.invokeExact(scope);
            if (THROW_IF_FAILED != null) {
                THROW_IF_FAILED.invokeExact(scope);
            }
        } catch (InterruptedException | ExecutionException | Error e) {
            throw e;
        } catch (Throwable e) { // the FailedException of JDK 25 and 26
            throw new ExecutionException(e.getCause());
        }
    }

    /** Waits until all threads of the subtasks have ended. */
    @Override
    public void close() {
        try {
            CLOSE.invokeExact(scope);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodType ofScope() {
        return MethodType.methodType(void.class, Object.class);
    }

    private static MethodHandle handle(Method method, MethodType as) {
        try {
            return MethodHandles.publicLookup().unreflect(method).asType(as);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("this JDK's StructuredTaskScope has a shape that is not known", e);
        }
    }

    private static Class<?> type(String suffix) {
        try {
            return Class.forName(NAME + suffix);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
