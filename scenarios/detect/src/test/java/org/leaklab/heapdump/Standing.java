package org.leaklab.heapdump;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** {@code Standing MODE} starts threads that do not go on, prints "ready" when they are there, and stays. */
public final class Standing {

    private static final Object MONITOR = new Object();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final CountDownLatch BOTH = new CountDownLatch(2);

    private Standing() {}

    private interface Task {
        void run() throws Exception;
    }

    private static Thread start(boolean virtual, String name, Task task) {
        Runnable body = () -> {
            try {
                task.run();
            } catch (Exception e) {
                System.err.println(name + " ended by " + e);
            }
        };
        return virtual
                ? Thread.ofVirtual().name(name).start(body)
                : Thread.ofPlatform().daemon().name(name).start(body);
    }

    private static void meet() throws InterruptedException {
        BOTH.countDown();
        BOTH.await();
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "mixed" -> mixed(false, false);
            case "interruptible" -> mixed(false, true);
            case "virtual" -> mixed(true, false);
            case "initialization" -> initialization();
            case "superclass" -> superclass();
            case "carriers" -> carriers(2);
            case "carrier" -> carriers(1);
            case "healthy" -> healthy();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            BOTH.countDown(); // somebody waits for a word from outside
        }
        Runtime.getRuntime().halt(0);
    }

    private static void settle(Thread.State state, Thread... threads) {
        for (Thread thread : threads) {
            while (thread.getState() != state) {
                Thread.onSpinWait();
            }
        }
    }

    /** A circle of a monitor and a lock, and one more thread that wants the lock. */
    private static void mixed(boolean virtual, boolean interruptible) {
        Thread one = start(virtual, "has the monitor", () -> {
            synchronized (MONITOR) {
                meet();
                if (interruptible) {
                    LOCK.lockInterruptibly();
                } else {
                    LOCK.lock();
                }
            }
        });
        Thread other = start(virtual, "has the \"lock\"", () -> {
            LOCK.lock();
            meet();
            synchronized (MONITOR) {
                System.out.println("never");
            }
        });
        settle(Thread.State.WAITING, one);
        settle(Thread.State.BLOCKED, other);
        Thread behind = start(virtual, "behind", LOCK::lock);
        settle(Thread.State.WAITING, behind);
    }

    private static final class Left {
        static final int X = init();

        private Left() {}

        static int init() {
            try {
                meet();
            } catch (InterruptedException e) {
                return 0;
            }
            return new Right().hashCode();
        }
    }

    private static final class Right {
        static final int X = init();

        private Right() {}

        static int init() {
            try {
                meet();
            } catch (InterruptedException e) {
                return 0;
            }
            return new Left().hashCode();
        }
    }

    private static void initialization() throws InterruptedException {
        start(false, "left", () -> System.out.println(Left.X));
        start(false, "right", () -> System.out.println(Right.X));
        BOTH.await();
    }

    private static class Parent {
        static final Object CHILD = child();

        static Object child() {
            try {
                meet();
            } catch (InterruptedException e) {
                return e;
            }
            return new Child();
        }
    }

    private static final class Child extends Parent {}

    /**
     * One thread initializes a class, which needs its superclass; the other one is there, and needs the class after a
     * word from outside.
     */
    private static void superclass() throws InterruptedException {
        start(false, "parent", () -> System.out.println(Parent.CHILD));
        while (BOTH.getCount() == 2) {
            Thread.onSpinWait();
        }
        start(false, "child", () -> System.out.println(new Child()));
    }

    private static int lockFor(CountDownLatch begun) {
        begun.countDown();
        LOCK.lock();
        return 1;
    }

    private static final CountDownLatch SLOW = new CountDownLatch(1);
    private static final CountDownLatch SLOWER = new CountDownLatch(1);

    private static final class Slow {
        static final int X = lockFor(SLOW);

        private Slow() {}
    }

    private static final class Slower {
        static final int X = lockFor(SLOWER);

        private Slower() {}
    }

    /** Virtual threads wait for a lock that a platform thread has, mounted, because they initialize a class. */
    private static void carriers(int taken) throws InterruptedException {
        start(false, "has the lock", () -> {
            LOCK.lock();
            new CountDownLatch(1).await();
        });
        while (!LOCK.isLocked()) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 4; i++) {
            start(true, "runs for a moment", () -> Thread.sleep(1)); // so that there are two carriers
        }
        start(true, "initializes one", () -> System.out.println(Slow.X));
        SLOW.await();
        if (taken == 2) {
            start(true, "initializes another", () -> System.out.println(Slower.X));
            SLOWER.await();
        }
    }

    /** One thread has a lock and sleeps, two want it. */
    private static void healthy() {
        start(false, "sleeps", () -> {
            LOCK.lock();
            Thread.sleep(Long.MAX_VALUE);
        });
        while (!LOCK.isLocked()) {
            Thread.onSpinWait();
        }
        settle(
                Thread.State.WAITING,
                start(false, "first", LOCK::lock),
                start(false, "second", LOCK::lockInterruptibly));
    }
}
