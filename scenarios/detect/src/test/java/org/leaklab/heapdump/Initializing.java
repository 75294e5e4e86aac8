package org.leaklab.heapdump;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.leaklab.core.ThreadKind;
import org.leaklab.heapdump.process.OwnCommands;
import org.leaklab.testing.Eventually;

/**
 * Threads of one kind that wait for class initializers: two that initialize each other's class, two of which one holds
 * a lock and the other a class, and one that waits for a thread that sleeps. Prints "ready" when all wait.
 */
public final class Initializing {

    private static final CyclicBarrier CIRCLE = new CyclicBarrier(2);
    private static final CyclicBarrier MIXED = new CyclicBarrier(2);
    private static final CyclicBarrier FAMILY = new CyclicBarrier(2);
    private static final CyclicBarrier ASLEEP = new CyclicBarrier(2);
    private static final ReentrantLock LOCK = new ReentrantLock();

    private Initializing() {}

    private static final class First {
        static final Object OTHER = make();

        private static Object make() {
            await(CIRCLE);
            return new Second();
        }
    }

    private static final class Second {
        static final Object OTHER = make();

        private static Object make() {
            await(CIRCLE);
            return new First();
        }
    }

    private static final class Locks {
        static final int COUNT = count();

        private static int count() {
            await(MIXED);
            LOCK.lock();
            return LOCK.getHoldCount();
        }
    }

    private static final class Above {
        static final int COUNT = sleep();

        private static int sleep() {
            await(ASLEEP);
            try {
                Thread.sleep(1_000_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return 1;
        }
    }

    /** Its initializer makes one of a subclass, which another thread initializes. */
    private static class Parent {
        static final Object CHILD = make();

        private static Object make() {
            await(FAMILY);
            Eventually.until(() -> waitsFor(child, Parent.class));
            return new Child();
        }
    }

    private static final class Child extends Parent {}

    private static volatile Thread child;

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Thread start(ThreadKind kind, String name, Runnable task) {
        Thread thread = kind == ThreadKind.VIRTUAL
                ? Thread.ofVirtual().name(name).unstarted(task)
                : Thread.ofPlatform().name(name).daemon().unstarted(task);
        thread.start();
        return thread;
    }

    public static void main(String[] arguments) throws Exception {
        ThreadKind kind = ThreadKind.valueOf(arguments[0]);
        Thread[] all = {
            start(kind, "first", First::new),
            start(kind, "second", Second::new),
            start(kind, "holds a class", () -> System.out.println(Locks.COUNT)),
            start(kind, "holds a lock", () -> {
                LOCK.lock();
                await(MIXED);
                System.out.println(Locks.COUNT);
            }),
            start(kind, "parent", Parent::new),
            start(kind, "child", () -> {
                child = Thread.currentThread();
                await(FAMILY);
                System.out.println(new Child());
            }),
            start(kind, "sleeps", () -> System.out.println(Above.COUNT)),
            start(kind, "waits for the sleeper", () -> {
                await(ASLEEP);
                System.out.println(Above.COUNT);
            })
        };
        for (Thread thread : all) {
            Eventually.until(() -> isThere(thread));
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until whoever started this is done
        }
        Runtime.getRuntime().halt(0);
    }

    private static boolean isThere(Thread thread) {
        return switch (thread.getName()) {
            case "first" -> waitsFor(thread, Second.class);
            case "second" -> waitsFor(thread, First.class);
            case "holds a class" ->
                thread.getState() == Thread.State.WAITING
                        && Stream.of(thread.getStackTrace())
                                .anyMatch(frame -> frame.getMethodName().equals("lock"));
            case "holds a lock" -> waitsFor(thread, Locks.class);
            case "parent" -> waitsFor(thread, Child.class);
            case "child" -> waitsFor(thread, Parent.class);
            case "sleeps" -> thread.getState() == Thread.State.TIMED_WAITING;
            default -> waitsFor(thread, Above.class);
        };
    }

    /**
     * Whether a thread waits for an initializer. It is runnable then, and only a print of the JVM says it. On JDK 26
     * and later a virtual thread is unmounted where it can be: it waits, with the use of the class on top of its stack.
     */
    private static boolean waitsFor(Thread thread, Class<?> type) {
        if (thread.getState() == Thread.State.WAITING) {
            StackTraceElement[] stack = thread.getStackTrace();
            return stack.length > 0 && stack[0].getClassName().startsWith(Initializing.class.getName());
        }
        try {
            return new OwnCommands().run("Thread.print").contains("initialization monitor for " + type.getName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
