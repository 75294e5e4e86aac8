package org.leaklab.heapdump;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.ReentrantLock;
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
            Eventually.until(Parent::isAwaited);
            return new Child();
        }

        private static boolean isAwaited() {
            try {
                return child.getState() == Thread.State.WAITING
                        || new OwnCommands().run("Thread.print").contains("monitor for " + Parent.class.getName());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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

    /**
     * A thread that waits for an initializer has its use of the class on top, and is runnable. On JDK 26 and later a
     * virtual one is unmounted where it can be, and waits.
     */
    private static boolean isThere(Thread thread) {
        String name = thread.getName();
        StackTraceElement[] stack = thread.getStackTrace();
        return switch (thread.getState()) {
            case WAITING -> name.equals("holds a class") ? inLock(stack) : usesAClass(stack);
            case TIMED_WAITING -> name.equals("sleeps");
            case RUNNABLE -> usesAClass(stack);
            default -> false;
        };
    }

    private static boolean usesAClass(StackTraceElement[] stack) {
        return stack.length > 0
                && (stack[0].getMethodName().equals("make")
                        || stack[0].getMethodName().startsWith("lambda$"));
    }

    private static boolean inLock(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getMethodName().equals("lock")) {
                return true;
            }
        }
        return false;
    }
}
